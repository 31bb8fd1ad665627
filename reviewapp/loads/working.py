"""The work of loads: the dry run, and taking the rows in. Both go on, or begin anew, after a kill."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.intake.actions import create_jobs, hold_bytes
from reviewapp.intake.models import Batch, BatchItem, Source
from reviewapp.jobs.errors import WorkError
from reviewapp.jobs.work import Run
from reviewapp.loads.bates import bates_of, is_range
from reviewapp.loads.fields import Field
from reviewapp.loads.judging import Judge, Judged, Trouble
from reviewapp.loads.models import Load, LoadedFields, LoadProblem
from reviewapp.loads.reading import taken, verify
from reviewapp.loads.source import Opened, in_parts, opened

#: Rows that are looked at together, and rows that are taken in by one transaction.
LOOKED_AT, TAKEN = 500, 50
_SENTENCE, _COLUMN = 500, 200


def check(run: Run, load: Load) -> None:
    """The dry run: look at each row and its files, and write down what is wrong. Raises LoadError."""
    counts: Counter[str] = Counter(rows=0, documents=0, rejected=0, troubled=0)
    with run.writing():
        load.problems.filter(dry=True).delete()
    with opened(load.table_blob, load.images_blob, load.files_blob) as source:
        judge = Judge(load, source)
        _keep_image_errors(run, load, source, dry=True)
        wanted: dict[str, int] = {}
        for rows in in_parts(source.table, LOOKED_AT):
            run.stop_if_asked()
            judged = judge.judge(rows)
            for each in judged:
                verify(each, judge, source.files)
                _count(counts, each)
                if each.parent and not each.is_rejected:
                    wanted.setdefault(each.parent, each.row.number)
            with run.writing():
                _keep(load, (trouble for each in judged for trouble in each.troubles), dry=True)
            run.progress(counts["rows"], 0)
    lost = _without_parent(load, wanted, judge)
    with run.completing(dict(counts)):
        _keep(load, lost, dry=True)
        load.counts, load.checked_at = dict(counts), timezone.now()
        load.save(update_fields=["counts", "checked_at"])
        record(Happened.LOAD_CHECKED, load, actor=run.job.actor, matter=load.matter, **counts)


def carry_out(run: Run, load: Load) -> None:
    """Take the rows in, from the first that is not, each as a file that is read next; then join the families.

    Rows are judged anew, as the matter may have changed since the dry run. Raises LoadError, and WorkError when the
    disk refuses.
    """
    total = int(load.counts.get("rows", 0))
    try:
        with opened(load.table_blob, load.images_blob, load.files_blob) as source:
            judge = Judge(load, source)
            if load.rows_done == 0:
                _keep_image_errors(run, load, source, dry=False)
            for rows in in_parts(source.table, TAKEN):
                run.stop_if_asked()
                judged = judge.judge(rows)
                fresh = [each for each in judged if each.row.number > load.rows_done]
                if fresh:
                    _take(run, load, fresh, judge, source)
                run.progress(load.rows_done, total)
    except OSError as error:
        raise WorkError(f"The disk could not be used: {error.strerror or 'no reason was given'}.") from None
    _join_families(run, load)
    taken_in = load.rows.count()
    with run.completing({"documents": taken_in}):
        load.finished_at = timezone.now()
        load.save(update_fields=["finished_at"])
        record(Happened.LOAD_COMPLETED, load, actor=run.job.actor, matter=load.matter, documents=taken_in)


def _take(run: Run, load: Load, fresh: Sequence[Judged], judge: Judge, source: Opened) -> None:
    found = [
        (each, taken(load, each, judge, source.files) if not each.is_rejected else None) for each in fresh
    ]
    pairs = [(each, item) for each, item in found if item is not None]
    with run.writing():
        batch = load.batch or (_batch(run, load) if pairs else None)
        load.batch = batch
        for _, item in pairs:
            item.batch_id = batch.pk if batch else item.batch_id
        hold_bytes((item for _, item in pairs), load.matter)
        items = BatchItem.objects.bulk_create([item for _, item in pairs])
        LoadedFields.objects.bulk_create([_fields(load, each, item) for each, item in pairs])
        create_jobs(items, matter=load.matter, actor=run.job.actor, trigger="load")
        _keep(load, (trouble for each in fresh for trouble in each.troubles), dry=False)
        load.rows_done = fresh[-1].row.number
        load.save(update_fields=["batch", "rows_done"])


def _batch(run: Run, load: Load) -> Batch:
    label = f"{load.source}: {load.table_name}" if load.source else load.table_name
    actor = run.job.actor
    batch = Batch.objects.create(
        matter=load.matter, created_by=load.created_by, label=label[:200], source=Source.LOAD
    )
    files = int(load.counts.get("documents", 0))
    record(Happened.BATCH_CREATED, batch, actor=actor, matter=load.matter, files=files, source=Source.LOAD)
    return batch


def _fields(load: Load, judged: Judged, item: BatchItem) -> LoadedFields:
    end = judged.values.get(Field.END, "")[:100] or judged.begin
    first, last = bates_of(judged.begin), bates_of(end)
    if first is not None and not is_range(first, last):
        last = first
    return LoadedFields(
        load=load,
        matter=load.matter,
        row=judged.row.number,
        item=item,
        begin=judged.begin,
        end=end,
        prefix=first.prefix if first else "",
        first=first.number if first else None,
        last=last.number if first and last else None,
        parent=judged.parent[:100],
        custodian=judged.values.get(Field.CUSTODIAN, "")[:300],
        confidentiality=judged.values.get(Field.CONFIDENTIALITY, "")[:300],
        values={column: value for column, value in judged.row.fields.items() if value},
    )


def _join_families(run: Run, load: Load) -> None:
    """Put the files of families under their parents; again, it changes nothing.

    A parent stands before its child, or has no parent itself: so no row is above itself.
    """
    with run.writing():
        load.problems.filter(dry=False, code="parent-missing").delete()
    orphans = load.rows.exclude(parent="").filter(item__parent=None).select_related("item").order_by("row")
    last = 0
    while rows := list(orphans.filter(row__gt=last)[:LOOKED_AT]):
        last = rows[-1].row
        run.stop_if_asked()
        numbers = {row.parent for row in rows}
        above = {row.begin: row for row in LoadedFields.objects.filter(matter=load.matter, begin__in=numbers)}
        joined, lost = [], []
        for row in rows:
            parent = above.get(row.parent)
            if parent is None or not _may_be_above(parent, row):
                lost.append(_no_parent(row.row))
                continue
            row.item.parent_id = parent.item_id
            joined.append(row.item)
        with run.writing():
            BatchItem.objects.bulk_update(joined, ["parent"], batch_size=LOOKED_AT)
            _keep(load, lost, dry=False)


def _may_be_above(parent: LoadedFields, row: LoadedFields) -> bool:
    return parent.load_id != row.load_id or parent.row < row.row or not parent.parent


def _without_parent(load: Load, wanted: dict[str, int], judge: Judge) -> Iterator[Trouble]:
    absent = [number for number in wanted if number not in judge.seen]
    for numbers in in_parts(absent, LOOKED_AT):
        there = LoadedFields.objects.filter(matter=load.matter, begin__in=numbers)
        known = set(there.values_list("begin", flat=True))
        yield from (_no_parent(wanted[number]) for number in numbers if number not in known)


def _no_parent(row: int) -> Trouble:
    sentence = "The document that the row names as its parent is not among the documents. It stands alone."
    return Trouble(row, "", "parent-missing", sentence)


def _keep_image_errors(run: Run, load: Load, source: Opened, *, dry: bool) -> None:
    with run.writing():
        _keep(
            load,
            (Trouble(0, load.images_name, error.code, error.message) for error in source.image_errors),
            dry=dry,
        )


def _keep(load: Load, troubles: Iterable[Trouble], *, dry: bool) -> None:
    """Write down what is wrong; in the caller's transaction."""
    problems = (
        LoadProblem(
            load=load, dry=dry, row=trouble.row, column=trouble.column[:_COLUMN], code=trouble.code,
            sentence=trouble.sentence[:_SENTENCE], rejected=trouble.rejected,
        )
        for trouble in troubles
    )  # fmt: skip
    LoadProblem.objects.bulk_create(problems, batch_size=LOOKED_AT)


def _count(counts: Counter[str], judged: Judged) -> None:
    counts["rows"] += 1
    counts["rejected" if judged.is_rejected else "documents"] += 1
    counts["troubled"] += bool(judged.troubles) and not judged.is_rejected
    if judged.is_rejected:
        return
    counts["natives"] += judged.native is not None
    counts["texts"] += judged.native is None and judged.text is not None
    counts["images"] += judged.native is None and judged.text is None
    counts["families"] += bool(judged.parent)
