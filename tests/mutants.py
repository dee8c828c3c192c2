"""Small changes to a right answer, one at a time: a check that lets one pass is blind there."""

import ast
import copy
from collections.abc import Iterator

COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {
    "tanh": "sin",
    "sigmoid": "tanh",
    "exp": "expm1",
    "log": "log1p",
    "abs": "negative",
    "where": "copyto",
    "zeros": "ones",
    "zeros_like": "ones_like",
    "ones": "zeros",
    "min": "max",
    "max": "min",
    "argmax": "argmin",
    "sum": "mean",
    "mean": "sum",
    "concatenate": "stack",
    "round": "int",
    "reversed": "list",
    "GRU": "LSTM",
}

# arguments that change what is shown and how fast it comes, and nothing else
SHOWN = {"verbose", "label", "name", "jit_compile"}
# Calls whose numbers say how large a model is, how much it drops and how fast it learns. They are an answer's
# own choice; a question that asks for one of them has a wrong answer of its own for it.
CHOSEN = {"Embedding", "GRU", "LSTM", "Dropout", "SpatialDropout1D", "Adam"}


def mutants(function: ast.FunctionDef) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield (what was changed, the changed function) for every small change that the table knows.

    Left alone: the docstring, defaults and annotations, the words of errors, what is shown while a model is
    at work, and the numbers that a model's author may choose.
    """
    body = function.body[1:] if ast.get_docstring(function) else function.body
    places = [place for statement in body for place in spots(statement)]
    for node in places:
        for change in changes(node):
            changed = copy.deepcopy(function)
            twin = matching(function, changed, node)
            new = change(twin)
            before, after = ast.unparse(node), ast.unparse(new)
            if before == after:
                continue
            replace(changed, twin, new)
            yield (
                f"line {node.lineno - function.lineno + 1}: {before} → {after}",
                ast.fix_missing_locations(changed),
            )


def spots(node) -> Iterator[ast.AST]:
    """Yield every expression that may change, inside a statement or expression."""
    if isinstance(node, ast.Raise | ast.JoinedStr) or (isinstance(node, ast.keyword) and node.arg in SHOWN):
        return
    if isinstance(node, ast.expr):
        yield node
    is_chosen = isinstance(node, ast.Call) and getattr(node.func, "attr", None) in CHOSEN
    for child in ast.iter_child_nodes(node):
        if not (is_chosen and isinstance(child, ast.Constant) and type(child.value) in (int, float)):
            yield from spots(child)


def changes(node):
    """Yield functions that change a copy of the node."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARISONS:
            yield lambda n: with_(n, ops=[COMPARISONS[type(op)]()])
        case ast.BinOp(op=op) if type(op) in OPERATORS:
            yield lambda n: with_(n, op=OPERATORS[type(op)]())
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
            yield lambda n: n.operand
        case ast.BoolOp(op=op):
            yield lambda n: with_(n, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.IfExp():
            yield lambda n: with_(n, body=n.orelse, orelse=n.body)
        case ast.Constant(value=bool() as value):
            yield lambda n: ast.copy_location(ast.Constant(not value), n)
        case ast.Constant(value=int() | float() as value):
            yield lambda n: ast.copy_location(ast.Constant(value + 1), n)
            yield lambda n: ast.copy_location(
                ast.Constant(value / 2 if isinstance(value, float) else value - 1), n
            )
        case ast.Constant(value=str() as value):
            yield lambda n: ast.copy_location(ast.Constant(value + "x"), n)
        case ast.Call(args=args, keywords=keywords):
            if len(args) >= 2:
                yield lambda n: with_(n, args=[n.args[1], n.args[0], *n.args[2:]])
            for place in range(len(keywords)):
                if keywords[place].arg in SHOWN:
                    continue
                yield lambda n, place=place: with_(n, keywords=n.keywords[:place] + n.keywords[place + 1 :])
        case ast.Tuple(elts=[_, _, *_], ctx=ast.Load()):
            yield lambda n: with_(n, elts=[n.elts[1], n.elts[0], *n.elts[2:]])
    if isinstance(node, ast.Name) and node.id in NAMES and isinstance(node.ctx, ast.Load):
        yield lambda n: with_(n, id=NAMES[n.id])
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield lambda n: with_(n, attr=NAMES[n.attr])


def with_(node, **parts):
    """Return a copy of a node with other parts."""
    new = copy.copy(node)
    for name, value in parts.items():
        setattr(new, name, value)
    return new


def matching(original, other, node):
    """Return the node of a deep copy that stands where ``node`` stands in the original."""
    for one, twin in zip(ast.walk(original), ast.walk(other), strict=True):
        if one is node:
            return twin
    raise LookupError("the node is not in the tree")


def replace(tree, old, new):
    """Put ``new`` where ``old`` stands."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list) and any(one is old for one in value):
                setattr(parent, name, [new if one is old else one for one in value])
                return
