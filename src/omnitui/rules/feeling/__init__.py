"""How a message is heard: whose words they are, in which language, and what is felt in them."""
