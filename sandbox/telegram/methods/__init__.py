"""The methods of the Bot API, by duty; each is a function of the desk and the parameters that gives the result."""
