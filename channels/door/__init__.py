"""What stands at every web door: who may enter, what is sent along, and how a visit is remembered."""
