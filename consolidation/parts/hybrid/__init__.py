"""Transformers hybrids as memories: their recurrent and convolution states are the fast weights."""
