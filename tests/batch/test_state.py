"""What passes between notebooks, and between a parent and its forked children: nothing."""

import os

from migof_research.batch.state import own_files


def test_a_forked_child_has_its_own_position_in_open_files(tmp_path):
    path = tmp_path / "font"
    path.write_bytes(b"abcdefgh")
    with open(path, "rb", buffering=0) as file:
        file.seek(3)
        pid = os.fork()
        if pid == 0:
            own_files()
            os._exit(0 if file.read(2) == b"de" else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        assert file.tell() == 3


def test_files_that_are_gone_or_written_are_left_alone(tmp_path):
    gone, written = tmp_path / "gone", tmp_path / "written"
    gone.write_bytes(b"abc")
    with open(gone, "rb", buffering=0) as one, open(written, "wb", buffering=0) as two:
        gone.unlink()
        pid = os.fork()
        if pid == 0:
            own_files()
            two.write(b"child ")
            os._exit(0 if one.read() == b"abc" else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        two.write(b"parent")
    assert written.read_bytes() == b"child parent"
