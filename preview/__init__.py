"""The staff's preview (voorbeeld): the residents' app in a house style, before anything is published."""
