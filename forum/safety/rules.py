"""What happens to a text in which danger was read. Pure: facts in, decision out."""

from forum.safety.types import Category, Danger, Handling

HELD = 3  # life or a child may be in danger
READ = 2


def handling(danger: Danger, *, own_family: bool | None = None) -> Handling:
    """Publish, queue or hold; whether help comes before anything else; whether strangers may reply.

    own_family: the writer said that the child is theirs (True), is not (False) or nothing (None). Only
    True lets a suspicion be public before a person has read it: a neighbour's guess names a family.
    A child's text is never public before it is read, whatever it says, and only staff answer it.
    """
    child = Category.CHILD_SPEAKING in danger.categories
    suspicion = danger.level_of(Category.SUSPECTED_ABUSE) or 0
    help_first = danger.level >= HELD
    if child:
        return Handling("hold", help_first, False, "child")
    if danger.level >= HELD:
        return Handling("hold", help_first, True, "life")
    if suspicion >= 1 and own_family is not True:
        return Handling("hold", help_first, True, "other_child")
    if danger.level >= READ:
        return Handling("queue", help_first, True, "read_today")
    return Handling("publish", help_first, True, "")
