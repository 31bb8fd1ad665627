"""Every address of the product with who may use it; `tests/pages/test_access.py` holds it against the URLs."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from reviewapp.directory.models import Group, GroupRole
from reviewapp.intake.models import Disposition
from reviewapp.jobs.models import Job, Status
from reviewapp.loads.models import Load, Production
from reviewapp.matters.models import Membership
from reviewapp.moving.models import Archive
from reviewapp.webhooks.models import Delivery, Endpoint
from tests.pages.comparisons import measured
from tests.pages.world import World, add_file
from tests.readers.samples import pdf


@dataclass(frozen=True)
class Route:
    """`who` is "admin", "reviewer" (both roles) or "asker" (the admin and the one who asked).

    `status` is what they get, where it is not a page or, for a post, the way to one.
    """

    name: str
    key: str
    who: str
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    status: int = 0


ROUTES = [
    Route("matter", "matter", "reviewer"),
    Route("overview", "matter", "reviewer"),
    Route("planner", "matter", "reviewer"),
    Route("members", "matter", "admin"),
    Route("members", "matter", "admin", "post", {"username": "oscar", "role": "reviewer"}),
    Route("change_role", "membership", "admin", "post", {"role": "admin"}),
    Route("remove_member", "membership", "admin", "post"),
    Route("matter_settings", "matter", "admin"),
    Route("rename_matter", "matter", "admin", "post", {"name": "Leases of the harbour"}),
    Route("recognition", "matter", "admin"),
    Route("recognition", "matter", "admin", "post", {"language": "eng"}),
    Route("read_again", "matter", "admin", "post"),
    Route("close_matter", "matter", "admin", "post"),
    Route("reopen_matter", "matter", "admin", "post"),
    Route("delete_matter", "matter", "admin"),
    Route("delete_matter", "matter", "admin", "post", {"name": "Harbour Street leases"}, 409),
    Route("upload", "matter", "admin"),
    Route("upload", "matter", "admin", "post", {"chosen": b"Some text."}),
    Route("begin_upload", "matter", "admin", "post", {"expected": 3}, 200),
    Route("missing_files", "batch", "admin", "post", {"told": "[]"}, 200),
    Route("add_files", "batch", "admin", "post", {"told": "[]"}, 409),
    Route("complete_upload", "batch", "admin", "post"),
    Route("batch", "batch", "admin"),
    Route("batch_files", "batch", "admin"),
    Route("retry_batch", "batch", "admin", "post"),
    Route("manifest", "batch", "admin"),
    Route("retry_item", "item", "admin", "post"),
    Route("replace_file", "item", "admin"),
    Route("replace_file", "item", "admin", "post", {"file": b"Some text."}),
    Route("loads", "matter", "admin"),
    Route("loads", "matter", "admin", "post", {"table": b"DocID\nX1\n"}),
    Route("load", "load", "admin"),
    Route("load_state", "load", "admin"),
    Route("load_columns", "load", "admin", "post", {"column-1": "begin"}),
    Route("start_load", "load", "admin", "post"),
    Route("load_report", "load", "admin"),
    Route("productions", "matter", "admin"),
    Route("productions", "matter", "admin", "post", {"prefix": "NB-"}),
    Route("production", "production", "admin", status=302),
    Route("archives", "matter", "admin"),
    Route("archives", "matter", "admin", "post"),
    Route("archive_file", "archive", "admin", status=302),
    Route("remove_archive", "archive", "admin", "post"),
    Route("problems", "matter", "reviewer"),
    Route("dismiss_item", "item", "admin", "post"),
    Route("dismiss_note", "note", "admin", "post"),
    Route("search", "matter", "reviewer"),
    Route("documents", "matter", "reviewer"),
    Route("documents_list", "matter", "reviewer"),
    Route("clauses", "matter", "reviewer"),
    Route("choose_columns", "matter", "reviewer", "post", {"columns": ["pages"]}),
    Route("withdrawals", "matter", "reviewer"),
    Route("rename_document", "document", "admin"),
    Route("rename_document", "document", "admin", "post", {"name": "Lease of the harbour"}),
    Route("replace_document", "document", "admin"),
    Route("replace_document", "document", "admin", "post", {"file": b"Some text."}),
    Route("withdraw_document", "document", "admin"),
    Route("withdraw_document", "document", "admin", "post", {"sure": "on"}),
    Route("beside", "two", "reviewer"),
    Route("document", "document", "reviewer"),
    Route("page", "page", "reviewer"),
    Route("picture", "picture", "reviewer"),
    Route("original", "file", "reviewer"),
    Route("consolidation", "matter", "reviewer"),
    Route("consolidation_rows", "matter", "reviewer"),
    Route("start_consolidation", "matter", "admin", "post"),
    Route("retry_consolidation", "matter", "admin", "post"),
    Route("cancel_consolidation", "matter", "admin", "post"),
    Route("failed_briefs", "matter", "reviewer"),
    Route("retry_briefs", "matter", "admin", "post"),
    Route("retry_brief", "document", "admin", "post"),
    Route("start_document", "idle", "admin", "post"),
    Route("cancel_document", "busy", "admin", "post"),
    Route("questions", "matter", "reviewer"),
    Route("questions", "matter", "reviewer", "post", {"text": "Who is the landlord?"}),
    Route("documents_to_ask", "matter", "reviewer"),
    Route("question", "answered", "reviewer"),
    Route("answer", "answered", "reviewer"),
    Route("events", "answered", "reviewer"),
    Route("stop_question", "waiting", "asker", "post"),
    Route("retry_question", "failed", "reviewer", "post"),
    Route("ask_rest", "answered", "reviewer", "post"),
    Route("ask_again", "answered", "reviewer", "post"),
    Route("matter_costs", "matter", "reviewer"),
    Route("allow_nights", "matter", "admin", "post"),
    Route("end_nights", "matter", "admin", "post"),
    Route("question_costs", "answered", "reviewer"),
    Route("grid_costs", "grid", "reviewer"),
    Route("renew_question", "answered", "reviewer", "post"),
    Route("set_of_thread", "answered", "reviewer", "post"),
    Route("grids", "matter", "reviewer"),
    Route("grids", "matter", "reviewer", "post", {"name": "New"}),
    Route("sets", "matter", "reviewer"),
    Route("sets", "matter", "reviewer", "post", {"name": "New", "columns": "1", "wording-0": "Who?"}),
    Route("question_set", "set", "reviewer"),
    Route("grid", "grid", "reviewer"),
    Route("grid_live", "grid", "reviewer"),
    Route("run_grid", "grid", "reviewer", "post", {"do": "run"}),
    Route("verify_row", "row", "reviewer", "post"),
    Route("add_column", "grid", "reviewer", "post", {"wording": "Who signed?"}),
    Route("save_view", "grid", "reviewer", "post", {"name": "Mine", "mine": "1"}),
    Route("assign", "grid", "reviewer", "post"),
    Route("column", "column", "reviewer"),
    Route("delete_view", "view", "reviewer", "post"),
    Route("cell", "cell", "reviewer"),
    Route("decide", "cell", "reviewer", "post", {"kind": "accept", "seen": "0"}),
    Route("comment", "cell", "reviewer", "post", {"comment": "See the guarantee."}),
    Route("quality", "matter", "reviewer"),
    Route("quality", "matter", "reviewer", "post", {"size": "3"}),
    Route("review_rules", "matter", "admin", "post", {"second_reviewer": "on"}),
    Route("sample", "sample", "reviewer"),
    Route("protocol", "sample", "reviewer"),
    Route("coding", "matter", "reviewer"),
    Route("coding", "matter", "reviewer", "post", {"code": "responsive:yes", "every": "1"}),
    Route("coding_under_way", "matter", "reviewer"),
    Route("define_issue", "matter", "reviewer", "post", {"name": "Pricing"}),
    Route("code_document", "document", "reviewer", "post", {"code": "privileged:yes"}),
    Route("exports", "matter", "reviewer"),
    Route("exports", "matter", "reviewer", "post", {"of": "matter", "format": "csv"}),
    Route("exports_made", "matter", "reviewer"),
    Route("export_file", "export", "reviewer"),
    Route("lab", "matter", "reviewer"),
    Route("lab", "matter", "admin", "post", {"source": "own"}, 422),
    Route("comparison", "comparison", "reviewer"),
    Route("comparison_live", "comparison", "reviewer"),
    Route("comparison_table", "comparison", "reviewer"),
    Route("comparison_figures", "comparison", "reviewer"),
    Route("begin_comparison", "comparison", "admin", "post"),
    Route("cancel_comparison", "comparison", "admin", "post"),
    Route("remove_comparison", "comparison", "admin", "post"),
    Route("jobs", "matter", "admin"),
    Route("cancel_job", "job", "admin", "post"),
    Route("audit", "matter", "admin"),
    Route("audit_csv", "matter", "admin"),
    Route("elsewhere", "matter", "admin"),
    Route("elsewhere_csv", "matter", "admin"),
    Route("reading", "matter", "admin"),
    Route("reading_csv", "matter", "admin"),
    Route("webhooks", "matter", "admin"),
    Route("webhooks", "matter", "admin", "post", {"url": "https://example.org/hooks"}),
    Route("webhook", "endpoint", "admin"),
    Route("change_webhook_secret", "endpoint", "admin", "post"),
    Route("switch_webhook", "endpoint", "admin", "post"),
    Route("test_webhook", "endpoint", "admin", "post"),
    Route("delivery", "delivery", "admin"),
    Route("send_webhook_again", "delivery", "admin", "post"),
    Route("remove_webhook", "endpoint", "admin", "post"),
]
# Addresses of nobody's matter; tested by themselves.
OPEN = {"health", "metrics", "login", "logout", "matters", "new_matter"} | {
    "openapi", "problem_of_api", "problems_of_api", "revoke_token", "tokens",
    "oauth_resource", "oauth_resource_mcp", "oauth_resource_v1", "oauth_server", "oauth_token", "reference",
}  # fmt: skip
OPEN |= {"accessibility", "notices", "bell", "open_notice", "read_notices", "notice_wishes"}
OPEN |= {"profile", "change_password", "set_password", "people", "person", "change_person", "deleted_matters"}
OPEN |= {"remove_again"}
ROUTES += [
    Route("matter_groups", "matter", "admin"),
    Route("matter_groups", "matter", "admin", "post", {"group": "Deal team", "role": "reviewer"}),
    Route("take_group_role", "group_role", "admin", "post"),
]
OPEN |= {
    "sign_in_by", "openid_connect_callback", "saml_acs", "saml_finish_acs", "saml_sls", "saml_metadata",
    "socialaccount_login_cancelled", "directory", "revoke_scim_token", "scim_users", "scim_user", "scim_groups",
    "scim_group", "scim_about", "scim_about_one", "scim_bulk",
}  # fmt: skip
OPEN |= {"own_sessions", "sign_out_elsewhere", "applications", "remove_application",
    "oauth_authorize", "oauth_revoke", "account_login", "account_inactive", "account_reauthenticate"} | {
    f"mfa_{name}" for name in (
        "login_webauthn", "authenticate", "reauthenticate", "reauthenticate_webauthn", "index", "list_webauthn",
        "activate_totp", "deactivate_totp", "add_webauthn", "remove_webauthn", "view_recovery_codes",
        "generate_recovery_codes",
    )
}  # fmt: skip
OPEN |= {"status", "status_part", "arrivals", "give_up_arrival"}
OPEN |= {
    "clio",
    "connect_clio",
    "clio_connected",
    "choose_clio",
    "fetch_clio",
    "send_to_clio",
    "disconnect_clio",
}


def address(world: World, route: Route) -> str:
    """The route's address in this world."""
    assert world.batch is not None
    file = (
        add_file(world.matter, "One page.pdf", pdf("One page of text"))
        if route.key in {"file", "picture"}
        else None
    )
    assert world.grid is not None
    cell = world.questions["table"].answers.get(document=world.documents["ready"])
    keys: dict[str, list[Any]] = {
        "file": [file and file.pk],
        "picture": [file and file.pk, 1, 160],
        "matter": [world.matter.pk],
        "membership": [Membership.objects.get(matter=world.matter, user=world.reviewer).pk],
        "batch": [world.batch.pk],
        "item": [world.batch.items.filter(disposition=Disposition.DAMAGED, name="Amendment 2.docx")[0].pk],
        "note": [world.documents["ready"].notes.get().pk],
        "document": [world.documents["ready"].pk],
        "two": [world.documents["ready"].pk, world.documents["failed"].pk],
        "page": [world.documents["ready"].pk, 2],
        "idle": [world.documents[""].pk],
        "busy": [world.documents["consolidating"].pk],
        "answered": [world.questions["answered"].pk],
        "waiting": [world.questions["waiting"].pk],
        "failed": [world.questions["failed"].pk],
        "grid": [world.grid.pk],
        "set": [world.matter.pk, world.grid.made_of.set_id if world.grid.made_of else None],
        "row": [world.grid.pk, world.documents["ready"].pk],
        "column": [world.grid.columns.get(order=2).pk],
        "view": [world.grid.views.get().pk],
        "cell": [cell.pk],
        "sample": [world.matter.samples.get().pk],
        "export": [world.matter.exports.get(format="csv").pk],
        "job": [Job.objects.filter(matter=world.matter, status=Status.WAITING, kind="consolidate")[0].pk],
    }
    if route.key in {"endpoint", "delivery"}:
        keys["endpoint"], keys["delivery"] = [_endpoint(world).pk], [_endpoint(world).deliveries.get().pk]
    if route.key == "production":
        keys["production"] = [Production.objects.get_or_create(matter=world.matter, prefix="NB-")[0].pk]
    if route.key == "archive":
        made = Archive.objects.get_or_create(matter=world.matter, made_by=world.admin)[0]
        keys["archive"] = [made.pk]
    if route.key == "group_role":
        group = Group.objects.get_or_create(name="Deal team")[0]
        given, _ = GroupRole.objects.get_or_create(matter=world.matter, group=group, role="reviewer")
        keys["group_role"] = [given.pk]
    if route.key == "comparison":
        compared = world.matter.comparisons.first() or measured(world, "Lease 14 Harbour Street.pdf")
        keys["comparison"] = [compared.pk]
    if route.key == "load":
        keys["load"] = [
            Load.objects.get_or_create(matter=world.matter, table_name="V.dat", columns=["DocID"])[0].pk
        ]
    return reverse(route.name, args=keys[route.key])


def _endpoint(world: World) -> Endpoint:
    """A webhook of the matter to which something was sent."""
    kept, is_new = Endpoint.objects.get_or_create(
        matter=world.matter, created_by=world.admin, url="https://example.org/hooks", secret="whsec_c2VjcmV0"
    )
    if is_new:
        kept.deliveries.create(kind="batch.completed", body="{}", status=Delivery.Status.DELIVERED)
    return kept
