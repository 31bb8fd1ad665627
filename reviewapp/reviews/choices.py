"""What the columns of a grid offer to choose from."""

from reviewapp.questions.models import Question


def choices_of(question: Question) -> list[str]:
    """What a correction may be, where the columns that ask this question offer a choice, and for yes or no."""
    kind = question.value_type
    if kind == "yes_no":
        return ["Yes", "No"]
    offered = question.columns.values_list("choices", flat=True) if kind == "choice" else []
    return list(dict.fromkeys(choice for choices in offered for choice in choices))
