"""What columns of load files are taken as, and which column probably is which, by its name."""

import re
from collections.abc import Iterable, Mapping

from django.db import models

from reviewapp.frame.errors import ActionError


class LoadError(ActionError):
    """A load file that cannot be taken in so."""


class Field(models.TextChoices):
    """What a column is taken as. Columns that are none of these are kept with the document all the same."""

    BEGIN = "begin", "First Bates number or control number"
    END = "end", "Last Bates number"
    FAMILY_BEGIN = "family_begin", "First Bates number of the family"
    FAMILY_END = "family_end", "Last Bates number of the family"
    PARENT = "parent", "Number of the parent document"
    CUSTODIAN = "custodian", "Custodian"
    NAME = "name", "File name"
    CONFIDENTIALITY = "confidentiality", "Confidentiality"
    SENT = "sent", "Date sent"
    CREATED = "created", "Date created"
    MODIFIED = "modified", "Date modified"
    PAGES = "pages", "Number of pages"
    SHA256 = "sha256", "SHA-256 of the native file"
    MD5 = "md5", "MD5 of the native file"
    NATIVE = "native", "Path of the native file"
    TEXT = "text", "Path of the text file"


#: Names of columns in letters and digits alone, as programs and agreements on productions write them.
_NAMES: dict[Field, str] = {
    Field.BEGIN: "begbates begindoc begdoc beginbates bates batesbeg batesbegin batesstart startbates firstbates "
    "productionbegbates prodbeg prodbegin controlnumber docid documentid begno begnumber begdocno",
    Field.END: "endbates enddoc batesend endingbates lastbates productionendbates prodend endno endnumber enddocno",
    Field.FAMILY_BEGIN: "begattach beginattach begattachment attachbegin attachbeg begfamily beginfamily "
    "productionbegattach groupidentifier familyid begrange attachstart",
    Field.FAMILY_END: "endattach endattachment attachend endfamily productionendattach endrange",
    Field.PARENT: "parentid parent parentdocid parentbates parentdocumentid parentcontrolnumber",
    Field.CUSTODIAN: "custodian custodians allcustodians custodianname primarycustodian",
    Field.NAME: "filename name originalfilename nativefilename attachmentname docname documentname",
    Field.CONFIDENTIALITY: "confidentiality confidential confidentialitydesignation designation confdesig",
    Field.SENT: "datesent sentdate emailsentdate datetimesent emaildatesent",
    Field.CREATED: "datecreated createddate createdate filecreateddate datetimecreated",
    Field.MODIFIED: "datemodified lastmodified modifieddate lastmodifieddate datelastmodified filemodifieddate "
    "datetimelastmodified",
    Field.PAGES: "pages pagecount pgcount numpages numberofpages pagecnt",
    Field.SHA256: "sha256 sha256hash hashsha256",
    Field.MD5: "md5 md5hash hashmd5 hash hashvalue filehash",
    Field.NATIVE: "nativelink nativepath nativefile nativefilepath filepath doclink nativefilelink native itempath",
    Field.TEXT: "textpath textlink textfile extractedtext extractedtextpath ocrpath textfilepath fulltext ocrtext "
    "text",
}
_BY_NAME = {name: field for field, names in _NAMES.items() for name in names.split()}


def proposed(columns: Iterable[str]) -> dict[str, str]:
    """A field for each column whose name says it; the first of several columns that say the same."""
    mapping: dict[str, str] = {}
    for column in columns:
        field = _BY_NAME.get(re.sub(r"[^a-z0-9]", "", column.lower()))
        if field and field.value not in mapping.values():
            mapping[column] = field.value
    return mapping


def checked_mapping(mapping: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    """The mapping of columns that there are. Raises LoadError for what no load can be done with."""
    kept = {column: mapping[column] for column in columns if mapping.get(column)}
    for column, field in kept.items():
        if field not in Field.values:
            raise LoadError("field-unknown", f"There is no field {field[:50]!r} for the column {column!r}.")
    fields = list(kept.values())
    if twice := next((field for field in fields if fields.count(field) > 1), ""):
        raise LoadError("field-twice", f"Only one column can be the {_small(Field(twice).label)}.")
    if Field.BEGIN not in fields:
        raise LoadError(
            "number-unmapped",
            "Say which column holds the first Bates number or control number of each document.",
        )
    return kept


def _small(label: str) -> str:
    return label[0].lower() + label[1:]
