"""The languages of the conversation: what is said, in the words, plurals, numbers and dates of each reader."""
