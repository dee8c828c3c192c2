"""Find a learner's functions in a notebook, by their names alone.

Learners copy, split and lose cells, so nothing but the code counts. Only definitions are ever executed:
imports, functions, classes and plain constants. Training, printing, magics and all other code at the top
level of a cell is left out, and listed. What an answer does not use is not executed either, so a question
that needs no TensorFlow does not import it.
"""

import ast
import builtins
import json
import linecache
import re
import symtable
import textwrap
import warnings
from dataclasses import dataclass, field

from grulab.checks.attempted import is_attempted

RUNS_ITS_CELL = re.compile(r"%%(time|timeit|capture|prun)\b")
MAGIC = re.compile(r"^([ \t]*)((?:[%!?]|[\w, ]+=[ \t]*[%!]).*|[\w.]+\?\??[ \t]*)$", re.MULTILINE)


@dataclass
class Definitions:
    """What the cells of a notebook define.

    ``statements`` are the definitions in order, each with its cell's number; ``left_out`` says in a line each
    what was not executed, and ``unmade`` which statement would have made a name; ``faults`` what could not be
    read.
    """

    statements: list[tuple[int, ast.stmt]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    unmade: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def cells_of(notebook: bytes) -> list[str]:
    """Return the code of a notebook's cells; raise ``ValueError`` with a sentence when it is no notebook."""
    try:
        tree = json.loads(notebook)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"The file is no notebook: it is not JSON ({type(error).__name__}).") from None
    if not (isinstance(tree, dict) and isinstance(tree.get("cells"), list)):
        raise ValueError("The file is no notebook: it has no list of cells.")
    found = []
    for cell in tree["cells"]:
        if not (isinstance(cell, dict) and cell.get("cell_type") == "code"):
            continue
        source = cell.get("source", "")
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if isinstance(source, str):
            found.append(source)
    return found


def read(cells: list[str]) -> Definitions:
    """Sort the statements of all cells into definitions and what is left out."""
    found = Definitions()
    for number, source in enumerate(cells, start=1):
        tree = parsed(source, number, found)
        linecache.cache[f"<cell {number}>"] = (
            len(source),
            None,
            source.splitlines(keepends=True),
            f"<cell {number}>",
        )
        for statement in tree:
            if is_definition(statement):
                found.statements.append((number, statement))
            else:
                first = source.splitlines()[statement.lineno - 1].strip()
                found.left_out.append(f"cell {number}, line {statement.lineno}: {first[:100]}")
                where = f"`{first[:100]}` in cell {number}, line {statement.lineno},"
                found.unmade |= dict.fromkeys(defined_by(statement), where)
    return found


def parsed(source, number, found) -> list[ast.stmt]:
    """Return the statements of a cell; magics go, and a cell that is no Python is a fault."""
    text = source
    while text.lstrip().startswith("%%"):
        blank = len(text) - len(text.lstrip())
        first, _, rest = text[blank:].partition("\n")
        if not RUNS_ITS_CELL.match(first):
            found.left_out.append(f"cell {number}: {first[:100]}")
            return []
        # as many lines as before, so that the numbers stay
        text = "\n" * (text.count("\n", 0, blank) + 1) + rest
    without = MAGIC.sub(r"\1pass", text)
    error = None
    for tried in (text, without, textwrap.dedent(without)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                statements = ast.parse(tried, f"<cell {number}>").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
            error = error or fault
            continue
        if tried is not text:
            found.left_out += [f"cell {number}: {one[2].strip()[:100]}" for one in MAGIC.finditer(text)]
        return [one for one in statements if not isinstance(one, ast.Pass)]
    what = error.msg if isinstance(error, SyntaxError) else type(error).__name__
    where = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
    found.faults.append(f"Cell {number}{where} is not Python: {what}.")
    return []


def is_definition(statement) -> bool:
    """Return whether a statement only defines: an import, a function, a class, or names for plain values."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.ClassDef() | ast.AsyncFunctionDef():
            return True
        case ast.Assign(targets=targets, value=value):
            return all(map(is_name, targets)) and is_plain(value)
        case ast.AnnAssign(target=ast.Name(), value=value):
            return value is not None and is_plain(value)
        case ast.Try(body=body):
            return all(map(is_import, body))
        case ast.If(test=test, body=body, orelse=rest):
            return is_plain(test) and all(map(is_import, body + rest))
    return False


def is_import(statement) -> bool:
    """Return whether a statement is an import."""
    return isinstance(statement, ast.Import | ast.ImportFrom)


def is_name(target) -> bool:
    """Return whether a target of an assignment is a name, or a row of names."""
    return isinstance(target, ast.Name) or (
        isinstance(target, ast.Tuple | ast.List) and all(map(is_name, target.elts))
    )


def is_plain(value) -> bool:
    """Return whether an expression calls nothing: constants, names, displays, arithmetic, lambdas."""
    if isinstance(value, ast.Lambda):
        return True
    allowed = (
        *(ast.Constant, ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Tuple, ast.List, ast.Dict),
        *(ast.Set, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Starred, ast.JoinedStr),
        *(ast.FormattedValue, ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context),
    )
    return isinstance(value, allowed) and all(map(is_plain, ast.iter_child_nodes(value)))


def defined_by(statement) -> list[str]:
    """Return the names that a definition binds; ``*`` for an import of everything."""
    match statement:
        case ast.Import(names=names):
            return [one.asname or one.name.partition(".")[0] for one in names]
        case ast.ImportFrom(names=names):
            return [one.asname or one.name for one in names]
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
            return [name]
    return [
        name
        for node in ast.walk(statement)
        for name in (
            [node.id]
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            else defined_by(node)
            if isinstance(node, ast.Import | ast.ImportFrom)
            else []
        )
    ]


def names_in(statement) -> set[str]:
    """Return every name that a statement takes from outside: arguments and local names are none of these."""
    code = ast.unparse(statement)
    tables, found = [symtable.symtable(code, "a statement", "exec")], set()
    while tables:
        table = tables.pop()
        tables.extend(table.get_children())
        outermost = table.get_type() == "module"
        found |= {symbol.get_name() for symbol in table.get_symbols() if outermost or symbol.is_global()}
    return found


def needed(statements, name):
    """Return the definitions that ``name`` needs, in order, with those that these need in turn."""
    wanted, seen = [name], set()
    while wanted:
        one = wanted.pop()
        if one in seen:
            continue
        seen.add(one)
        for _, statement in statements:
            if one in defined_by(statement):
                wanted.extend(names_in(statement) - seen)
    return [
        (number, statement)
        for number, statement in statements
        if seen & set(defined_by(statement)) or "*" in defined_by(statement)
    ]


def why_unmade(found: Definitions, name: str) -> str:
    """Return why a name that is nowhere defined is not there; empty when no statement would have made it."""
    if name not in found.unmade:
        return ""
    only = "only imports, functions, classes and literal constants are kept"
    return f"{found.unmade[name]} is left out: {only}"


class Namespace(dict):
    """The names of a notebook, where one that was left out is an error that says why."""

    def __init__(self, found: Definitions):
        super().__init__(__name__="__main__")
        self.found = found

    def __missing__(self, name):
        if not hasattr(builtins, name) and (why := why_unmade(self.found, name)):
            raise NameError(f"name {name!r} is not defined ({why})", name=name)
        raise KeyError(name)


def functions_for(found: Definitions, name: str) -> dict:
    """Execute what the answer ``name`` needs, and return all names there are.

    Of several functions of one name the last one that has a body counts. Raises what the definitions raise.
    """
    namespace, written = Namespace(found), {}
    for number, statement in needed(found.statements, name):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the compiler's advice
            code = compile(ast.Module([statement], []), f"<cell {number}>", "exec")
        exec(code, namespace)
        for one in defined_by(statement):
            new = namespace.get(one)
            if is_import(statement) or not callable(new):
                written.pop(one, None)
            elif is_attempted(new):
                written[one] = new
            elif one in written:
                namespace[one] = written[one]
    return namespace
