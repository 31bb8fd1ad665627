"""Depo taught by its jumps: every layer of every pass is told the node that it should say, and the mark.

The published runs were taught answers alone. Here a pass is told edges that are twice as long as those that the one
before has left, the first pass the edges as they are; a question of k is told k/2 steps after the first of two
lookups, and k after the second. Whether the fast weights have such jumps or not, all are told alike.

Shape suffixes: P passes, M layers, B samples, W windows, E edges, Q questions, X vocabulary.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from laboratory.tasks.depo import EDGE, FIRST_HOP, Depo
from laboratory.tasks.jumping import Jumping
from laboratory.tasks.samples import Ids, Samples


def told(
    model: Jumping, of: Depo, count: int, passes: int, random: np.random.Generator
) -> tuple[Tensor, Samples]:
    """The loss of a training step over one window that holds the whole cycle, and the samples it was made with."""
    samples = of.samples(count, random)
    device = model.words.weight.device
    window_BL = torch.from_numpy(samples.windows_BWL[:, 0]).to(device)
    nodes_PMBEX, marks_PBEX, states = model.left(window_BL, passes, model.blank(count))
    jumps_PBE = torch.from_numpy(jumps(of, samples, passes)).to(device)
    told_PMBE = jumps_PBE[:, None].expand(nodes_PMBEX.shape[:-1])
    marks_PBE = (FIRST_HOP + torch.arange(passes, device=device))[:, None, None].expand(marks_PBEX.shape[:-1])
    left = F.cross_entropy(nodes_PMBEX.flatten(0, 3), told_PMBE.flatten())
    marked = F.cross_entropy(marks_PBEX.flatten(0, 2), marks_PBE.flatten())
    return left + marked + answered(model, of, samples, states), samples


def kept(model: Jumping, of: Depo, count: int, random: np.random.Generator) -> tuple[Tensor, Samples]:
    """The loss of a training step of memory alone: a cycle for each mark, written as it is, and asked two steps on.

    The cycles have nothing to do with one another, so nothing is learned of jumps that are made of shorter ones.
    """
    marks = model.shape.heads
    samples = replace(of, questions=of.questions * marks).samples(count * marks, random)
    hop_BQ = np.repeat(np.arange(marks), count)[:, None]
    windows = samples.windows_BWL[:, 0].copy()
    windows[:, 2::EDGE] = FIRST_HOP + hop_BQ
    device = model.words.weight.device
    states = model.blank(count)
    for window_BL in torch.from_numpy(windows).to(device).split(count):
        states = model.written(model.edges(window_BL), states)
    asked = [replace_hops(samples.asked_BQ, hop_BQ), *(_on(of, samples, steps) for steps in (1, 2))]
    asked_BQ, *told_BQ = (torch.from_numpy(_side_by_side(each, marks)).to(device) for each in asked)
    scores = model.asked(asked_BQ, states)
    loss = F.cross_entropy(scores[:-1].flatten(0, 2), told_BQ[0].repeat(len(scores) - 1, 1, 1).flatten())
    return loss + F.cross_entropy(scores[-1].flatten(0, 1), told_BQ[1].flatten()), samples


def answered(model: Jumping, of: Depo, samples: Samples, states: list[tuple[Tensor, ...]]) -> Tensor:
    """The loss of what layers say of questions: each its share of the steps, rounded up, the last all."""
    device = model.words.weight.device
    scores = model.asked(torch.from_numpy(samples.asked_BQ).to(device), states)
    steps_BQ, layers = np.asarray(of.hops)[samples.asked_BQ[:, 0::2] - FIRST_HOP], len(scores)
    told = [_on(of, samples, -(-steps_BQ * (layer + 1) // layers)) for layer in range(layers)]
    told_MBQ = torch.from_numpy(np.stack(told)).to(device)
    before = F.cross_entropy(scores[:-1].flatten(0, 2), told_MBQ[:-1].flatten())
    return before + F.cross_entropy(scores[-1].flatten(0, 1), told_MBQ[-1].flatten())


def jumps(of: Depo, samples: Samples, passes: int) -> Ids:
    """The node that each edge should end in after each pass: 1, 2, 4 and more steps on, `[passes, B, E]`."""
    edges_BEX = samples.windows_BWL[:, 0].reshape(len(samples.windows_BWL), -1, EDGE)
    jump_BN = following(of, samples)
    made = []
    for _ in range(passes):
        made.append(np.take_along_axis(jump_BN, edges_BEX[..., 0] - of.first_node, 1) + of.first_node)
        jump_BN = np.take_along_axis(jump_BN, jump_BN, 1)
    return np.stack(made)


def following(of: Depo, samples: Samples) -> Ids:
    """What stands after each node of each sample, both counted from nothing, `[B, nodes]`."""
    edges_BEX = samples.windows_BWL.reshape(len(samples.windows_BWL), -1, EDGE) - of.first_node
    next_BN = np.empty(edges_BEX.shape[:2], dtype=np.int64)
    np.put_along_axis(next_BN, edges_BEX[..., 0], edges_BEX[..., 1], 1)
    return next_BN


def replace_hops(asked_BQ: Ids, hop_BQ: Ids) -> Ids:
    """The same questions with these hops asked."""
    asked_BQ = asked_BQ.copy()
    asked_BQ[:, 0::2] = FIRST_HOP + hop_BQ
    return asked_BQ


def _on(of: Depo, samples: Samples, steps: Ids | int) -> Ids:
    """The token that stands so many steps after each asked node, `[B, Q]`."""
    next_BN, node_BQ = following(of, samples), samples.asked_BQ[:, 1::2] - of.first_node
    for made in range(int(np.max(steps))):
        node_BQ = np.where(made < steps, np.take_along_axis(next_BN, node_BQ, 1), node_BQ)
    return node_BQ + of.first_node


def _side_by_side(each_BQ: Ids, marks: int) -> Ids:
    """What was asked of each mark's samples as questions of one sample."""
    return np.concatenate(np.split(each_BQ, marks), 1)
