"""Webhooks: other systems are told of what happens, signed, until they have it or a day is over"""
