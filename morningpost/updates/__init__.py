"""Updates from Telegram, polled or pushed: kept before they are confirmed, and each answered once."""
