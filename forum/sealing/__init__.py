"""sealing: boxes that only the desk opens. The public half: whoever uses it cannot open what it sealed.

envelope: DeskKey, DataKey, seal(content, desk, context) -> Box. Pure; keeps no key and no text.
"""
