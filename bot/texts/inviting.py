"""What is said of bringing friends."""

#: What the button carries that sends the QR code.
QR = "do:qr"
