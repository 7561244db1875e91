"""Puts a table into a model card, between two marker comments."""

BEGIN, END = "<!-- quality: begin -->", "<!-- quality: end -->"


def markdown_table(head, rows):
    """A table of strings; columns of figures stay as they are."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def split_card(path):
    """What stands before and behind the markers of a file; one without markers is refused."""
    card = path.read_text() if path.exists() else ""
    if card.count(BEGIN) != 1 or card.count(END) != 1:
        raise SystemExit(f"{path} needs one line {BEGIN} and one line {END}.")
    before, rest = card.split(BEGIN)
    return before, rest.split(END)[1]


def put_into_card(path, text):
    """Replaces what stands between the markers."""
    before, behind = split_card(path)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{behind}")
