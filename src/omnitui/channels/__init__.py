"""How words reach customers and come from them."""
