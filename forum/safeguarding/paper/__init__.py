"""paper: what leaves the desk on paper, and a case handed over to another office.

Reception sheet, letter of transfer, visit sheet: templates are data, every word comes through
`cases.papers.papers_view`. Nothing tells who reported, or an hour of arrival; what a child wrote leaves
only after a second person agreed. A letter that the font lacks prints as a mark and is listed.
It never writes a file: PDFs and the sealed box for another office are made in memory.
`service.draw`, `service.hand_over`, `service.ask`, `service.answer`; `handover.opened` for the receiver;
`views.install`, `commands.install`.
"""
