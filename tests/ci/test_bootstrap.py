"""The first command of a newcomer: what it refuses, what it installs, and that once is enough.

Python, df and uname are stand-ins here, so nothing is downloaded and no machine is needed that has
too little disk or the wrong system.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PYTHON = """\
#!/bin/sh
case "$*" in
*"import os, sys"*) echo "{version} {age} public" ;;
*"sys.version_info[:3]"*) echo {version} ;;
*"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo "$PWD/.venv" >.venv/bin/activate ;;
*"-m pip install"*) echo installed >>pip.log; sleep 0.3 ;;
esac
"""


@pytest.fixture
def checkout(tmp_path):
    """A folder with a space in its name, the bootstrap script and a stand-in for Python."""
    folder = tmp_path / "a checkout"
    (folder / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci/bootstrap", folder / ".ci/bootstrap")
    (folder / "pyproject.toml").write_text("[project]\n")
    stand_in(folder, "python", PYTHON.format(version="3.12.1", age="new"))
    return folder


def stand_in(folder, name, text):
    path = folder / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def environment(folder, **variables):
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    return {
        "PATH": path,
        "PYTHON": str(folder / "bin/python"),
        "GRADER_MIN_FREE_GB": "0",
    } | variables


def bootstrap(folder, **variables):
    return subprocess.run(
        [folder / ".ci/bootstrap"],
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def installs(folder):
    log = folder / "pip.log"
    return log.read_text().count("installed") if log.exists() else 0


def test_it_installs_once_and_then_does_nothing(checkout):
    first, second = bootstrap(checkout), bootstrap(checkout)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert installs(checkout) == 1
    assert second.stderr == ""


def test_it_installs_again_when_the_requirements_change(checkout):
    bootstrap(checkout)
    (checkout / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    assert bootstrap(checkout).returncode == 0
    assert installs(checkout) == 2


def test_it_installs_again_when_the_folder_was_moved(checkout):
    bootstrap(checkout)
    moved = checkout.rename(checkout.with_name("elsewhere"))
    assert bootstrap(moved).returncode == 0
    assert installs(moved) == 2


def test_two_at_once_install_once(checkout):
    command, env = [checkout / ".ci/bootstrap"], environment(checkout)
    both = [subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert installs(checkout) == 1


def test_an_install_that_failed_is_not_taken_for_done(checkout):
    python = checkout / "bin/python"
    python.write_text(python.read_text().replace("sleep 0.3", "exit 1"))
    failed = bootstrap(checkout)
    assert failed.returncode == 3
    assert "pip could not install the packages" in failed.stderr
    assert not (checkout / ".venv/.installed").exists()


def test_an_old_python_is_one_sentence(checkout):
    stand_in(checkout, "python", PYTHON.format(version="3.10.12", age="old"))
    result = bootstrap(checkout)
    assert result.returncode == 2
    assert result.stderr == (
        f"Python 3.11 or newer is needed, but {checkout}/bin/python is 3.10.12: "
        "install a newer one, or name it with PYTHON=/path/to/python3.\n"
    )
    assert installs(checkout) == 0


def test_too_little_disk_is_one_sentence(checkout):
    stand_in(checkout, "df", "#!/bin/sh\necho header\necho /dev/x 99 99 5000000 99% /\n")
    result = bootstrap(checkout, GRADER_MIN_FREE_GB="10")
    assert result.returncode == 3
    assert result.stderr.startswith("5 GB of disk are free here and 10 GB are needed")
    assert result.stderr.count("\n") == 1
    assert installs(checkout) == 0


@pytest.mark.parametrize(("system", "remedy"), [("Darwin", "Linux container"), ("MINGW64", "WSL2")])
def test_another_system_is_one_sentence(checkout, system, remedy):
    stand_in(checkout, "uname", f"#!/bin/sh\necho {system}\n")
    result = bootstrap(checkout)
    assert result.returncode == 2
    assert remedy in result.stderr
    assert result.stderr.count("\n") == 1
    assert installs(checkout) == 0


def test_missing_packages_are_named_with_the_command_where_apt_may_not_be_used(checkout):
    tools = "sh cat cut dirname df awk sha256sum uname id env grep flock sleep cp mkdir rm readlink"
    for tool in tools.split():
        (checkout / "bin" / tool).symlink_to(shutil.which(tool))
    result = bootstrap(checkout, PATH=str(checkout / "bin"))
    assert result.returncode == 3
    assert "Install with: sudo apt-get install bubblewrap" in result.stderr
    assert installs(checkout) == 0


def test_missing_packages_are_installed_where_apt_may_be_used(checkout):
    tools = (
        "sh cat cut dirname df awk sha256sum uname env grep flock sleep cp mkdir rm readlink chmod"
    )
    for tool in tools.split():
        (checkout / "bin" / tool).symlink_to(shutil.which(tool))
    stand_in(checkout, "id", "#!/bin/sh\necho 0\n")
    stand_in(
        checkout,
        "apt-get",
        "#!/bin/sh\necho \"$@\" >>apt.log\nprintf '#!/bin/sh\\n' >bin/bwrap; chmod +x bin/bwrap\n",
    )
    result = bootstrap(checkout, PATH=str(checkout / "bin"))
    assert result.returncode == 0, result.stderr
    assert "install -qq -y --no-install-recommends bubblewrap" in (checkout / "apt.log").read_text()
    assert installs(checkout) == 1
