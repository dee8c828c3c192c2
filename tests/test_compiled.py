"""What TensorFlow has compiled: whole files stay, a damaged one goes before anything stumbles over it."""

import os
import subprocess
import sys
import textwrap

import compiled
import pytest

PROGRAM = textwrap.dedent(
    """
    import grulab.quiet, tensorflow as tf
    double = tf.function(lambda x: 2 * x, jit_compile=True)
    print(float(double(tf.constant(4.0))))
    """
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return the folder of what TensorFlow compiled, and a function that runs the same program there."""
    folder = tmp_path_factory.mktemp("it's kept")

    def run():
        flags = {"TF_XLA_FLAGS": f'--tf_xla_persistent_cache_directory="{folder}"'}
        command = [sys.executable, "-c", PROGRAM]
        return subprocess.run(
            command, env=os.environ | flags, capture_output=True, text=True, check=False
        ).stdout

    assert run() == "8.0\n"
    return folder, run


def test_a_whole_file_stays(kept):
    folder, _ = kept
    (file,) = folder.glob("*.pb")
    compiled.forget_damaged(folder)
    assert file.exists()


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: b"",
        lambda whole: whole[:1],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:-1],
        lambda whole: whole + b"\n",
        lambda whole: bytes(len(whole)),
    ],
)
def test_a_damaged_file_goes(kept, harm):
    folder, _ = kept
    (file,) = folder.glob("*.pb")
    whole = file.read_bytes()
    file.write_bytes(harm(whole))
    compiled.forget_damaged(folder)
    assert not file.exists()
    file.write_bytes(whole)


def test_without_it_the_same_program_fails_and_with_it_runs(kept):
    folder, run = kept
    (file,) = folder.glob("*.pb")
    file.write_bytes(file.read_bytes()[:100])
    assert run() == ""
    compiled.forget_damaged(folder)
    assert run() == "8.0\n"


def test_no_folder_is_no_fault(tmp_path):
    compiled.forget_damaged(tmp_path / "nowhere")
