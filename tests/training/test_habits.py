"""What stands in many notebooks around a loop, in a `train` of one's own: none of it may cost."""

import pytest

from grader.model import Verdict
from tests.training.conftest import verdicts, words
from tests.training.test_usual_code import MODEL

pytestmark = pytest.mark.sandbox

IMPORTS = """
import copy, os, random, sys, time
import numpy as np
from torchvision import datasets, transforms
from torchvision.transforms import v2
from torch.utils.data import DataLoader, TensorDataset, random_split
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
"""
LOOP = """
for chosen in torch.randperm(len(images)).split(64):
    train_step(model, optimizer, images[chosen], labels[chosen])
"""


def training(body, end=""):
    """A submission whose `train` has this body behind the making of an optimiser."""
    lines = "\n".join(f"    {line}" for line in (body + end).strip().splitlines())
    head = "def train(model, images, labels):\n"
    optimizer = "    optimizer = torch.optim.Adam(model.parameters(), 2e-3)\n"
    return f"{MODEL}{IMPORTS}\n{head}{optimizer}{lines}\n".encode()


HABITS = {
    "seeds and switches": """
torch.manual_seed(0); torch.cuda.manual_seed_all(0); np.random.seed(0); random.seed(0)
torch.backends.cudnn.benchmark = True
torch.backends.cudnn.deterministic = True
torch.use_deterministic_algorithms(True)
torch.set_float32_matmul_precision("high")
torch.cuda.empty_cache()
"""
    + LOOP,
    "a GPU that is waited for": """
torch.cuda.set_device(0)
torch.cuda.synchronize()
print(torch.cuda.get_device_name(0), torch.cuda.current_device(), torch.cuda.memory_allocated())
start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
start.record(); end.record(); print(start.elapsed_time(end))
with torch.cuda.device(0):
    pass
images = images.pin_memory().to("cuda", non_blocking=True)
"""
    + LOOP,
    "generators of a GPU": """
generator = torch.Generator(device="cuda").manual_seed(3)
assert isinstance(generator, torch.Generator)
assert isinstance(torch.default_generator, torch.Generator)
for chosen in torch.randperm(len(images), generator=generator, device="cuda").split(64):
    train_step(model, optimizer, images[chosen], labels[chosen])
""",
    "defaults on a GPU": """
torch.set_default_device("cuda")
torch.set_default_tensor_type("torch.cuda.FloatTensor")
torch.set_default_tensor_type(torch.cuda.FloatTensor)
"""
    + LOOP,
    "weights that are saved and loaded": LOOP
    + """
os.makedirs("checkpoints", exist_ok=True)
torch.save(model.state_dict(), "checkpoints/model.pt")
for place in (None, "cpu", "cuda", torch.device("cuda:0"), {"cuda:0": "cpu"}):
    model.load_state_dict(torch.load("checkpoints/model.pt", map_location=place))
model.load_state_dict(torch.load("checkpoints/model.pt", "cuda", weights_only=True))
model.load_state_dict(copy.deepcopy(model.state_dict()))
""",
    "half precision": """
scaler = torch.amp.GradScaler("cuda")
for chosen in torch.randperm(len(images)).split(64):
    optimizer.zero_grad(set_to_none=True)
    with torch.amp.autocast("cuda"):
        loss = F.nll_loss(model(images[chosen]), labels[chosen])
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    scaler.step(optimizer)
    scaler.update()
""",
    "schedulers": """
steps = -(-len(images) // 64)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=1e-2, total_steps=steps)
for chosen in torch.randperm(len(images)).split(64):
    train_step(model, optimizer, images[chosen], labels[chosen])
    schedule.step()
torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer).step(0.3)
""",
    "loaders": """
data = TensorDataset(images, labels)
parts = random_split(data, [len(data) - 500, 500], generator=torch.Generator().manual_seed(0))
options = dict(pin_memory=True, persistent_workers=True, prefetch_factor=2, timeout=30)
loader = DataLoader(parts[0], batch_size=64, shuffle=True, num_workers=os.cpu_count(), **options)
for inputs, targets in loader:
    train_step(model, optimizer, inputs.to(device), targets.to(device, non_blocking=True))
model.eval()
with torch.no_grad():
    print(sum((model(x).argmax(1) == y).sum().item() for x, y in DataLoader(parts[1], 100)) / 500)
""",
    "torchvision's new transforms": """
change = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.RandomRotation(3)])
data = datasets.MNIST(root="./data", train=True, download=True, transform=change)
print(data, data.classes, data.class_to_idx, data.raw_folder, data.train_labels.shape)
assert len(datasets.MNIST("./data", False).test_data) == 500
for inputs, targets in DataLoader(data, 64, shuffle=True):
    train_step(model, optimizer, inputs, targets)
""",
    "threads": """
torch.set_num_threads(8)
torch.set_num_interop_threads(4)
os.environ["OMP_NUM_THREADS"] = "8"
"""
    + LOOP,
    "a line for each batch": """
for number, chosen in enumerate(torch.randperm(len(images)).split(64)):
    loss = train_step(model, optimizer, images[chosen], labels[chosen])
    print(f"batch {number}: {loss:.4f}" + 12_000 * "=", flush=True)
    sys.stderr.write(f"\\r{number}")
""",
    "several GPUs": """
if torch.cuda.device_count() > 1:
    model = nn.DataParallel(model)
net = nn.DataParallel(model)
for chosen in torch.randperm(len(images)).split(64):
    train_step(net, optimizer, images[chosen], labels[chosen])
""",
    "model and losses returned": """
model = MnistCNN().to(device)
optimizer = torch.optim.Adam(model.parameters(), 2e-3)
"""
    + LOOP
    + "return model, [0.1]\n",
}


@pytest.mark.parametrize("name", HABITS)
def test_what_good_students_write_around_a_loop_costs_nothing(grade, name):
    result = grade(training(HABITS[name]))
    assert result.training.accuracy is not None, words(result)
    assert result.training.accuracy > 0.8
    assert verdicts(result)["time"] is Verdict.PASSED
    assert verdicts(result)["every_parameter_learns"] is Verdict.PASSED


def test_threads_that_were_asked_for_are_told(grade):
    assert "`torch.set_num_threads` changed nothing" in words(grade(training(HABITS["threads"])))


@pytest.mark.parametrize(
    "end",
    [
        "torch.save(model.state_dict(), '/content/drive/MyDrive/model.pt')",
        "absent_package.log(3)",
        "sys.exit(0)",
    ],
)
def test_what_was_learned_before_train_raised_is_measured(grade, end):
    result = grade(training(LOOP, f"{end}\n"))
    assert result.training.accuracy is not None, words(result)
    assert result.training.accuracy > 0.8
    assert "What it had learned until then was measured" in words(result)
    assert "`train` raised" in words(result)


@pytest.mark.parametrize("first", ["absent_package.log(3)", "os._exit(0)"])
def test_a_train_that_fails_before_it_has_learned_anything_has_failed(grade, first):
    result = grade(training(first, f"\n{LOOP}"))
    assert result.training.accuracy is None
    assert verdicts(result)["every_parameter_learns"] is Verdict.ERROR


def test_a_flood_ends_the_training_still(grade):
    body = "while True:\n    print(100_000 * 'x')\n"
    assert verdicts(grade(training(body)))["every_parameter_learns"] is Verdict.OUTPUT
