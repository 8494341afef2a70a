"""One widget a module; each draws a value it is given and says in messages what the user did."""
