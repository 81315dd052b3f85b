"""Finding the way back to an order by its number, for whoever has lost the link."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.blueprints.inquiry.door import blueprint
from shop.domain.deal import read_code
from shop.extensions import the_shop
from shop.forms.asking import FindForm
from shop.web.access import public


@blueprint.get("/pesanan")
@public
def find() -> str | Response | tuple[str, int]:
    """Leads to the thread of a number that can be one; whether it is there, and whose, the thread's own page says."""
    form, prefix = FindForm(request.args), the_shop().council.code
    code = read_code(prefix, form.kode.data or "")
    if code is not None:
        return redirect(url_for("inquiry.thread", code=code), 303)
    if "kode" not in request.args:
        return render_template("inquiry/find.html", form=form)
    form.kode.errors = [gettext("Isi nomor pesanan lengkap, misalnya %(code)s-7K3M2QX", code=prefix)]
    return render_template("inquiry/find.html", form=form), 422
