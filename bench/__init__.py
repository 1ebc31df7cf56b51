"""Measurements that anybody can repeat, each a command; nothing of the product imports them."""
