"""Your result matches the model in training mode. Check which mode is asked for."""


def apply(model, x):
    model.train()
    return model(x)
