"""Preparation of training data, training and evaluation of the shipped model."""
