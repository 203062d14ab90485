"""mail: hand one plain mail over to the city's server.

Never knows what it is about, who else is told, or why; keeps nothing. A failure names its class alone.
smtp: read_settings(), send(); types MailSettings, Undelivered
"""
