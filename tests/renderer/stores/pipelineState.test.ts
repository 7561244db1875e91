import { describe, expect, it } from 'vitest';
import {
  advance,
  newPipeline,
  nextStep,
  withoutDocuments,
  type Pipeline,
  type StepId,
} from '#renderer/stores/pipelineState';

function done(pipeline: Pipeline, ...steps: StepId[]): Pipeline {
  return steps.reduce(
    (now, step) =>
      advance(now, { kind: 'finished', step, line: 'ok', documents: { result: `${step}-1` } }),
    pipeline,
  );
}

const ALL: StepId[] = ['align', 'edf', 'normalise', 'inputs', 'model', 'targets', 'compare'];

describe('the guided pipeline', () => {
  it('leads through the steps in order', () => {
    expect(nextStep(newPipeline())).toBe('align');
    expect(nextStep(done(newPipeline(), 'align', 'edf'))).toBe('normalise');
    expect(nextStep(done(newPipeline(), ...ALL))).toBeNull();
  });

  it('goes on after a step that was left out, and back to one that failed', () => {
    const skipped = done(newPipeline(), 'edf', 'normalise');
    expect(nextStep(skipped)).toBe('inputs');
    const failed = advance(skipped, { kind: 'failed', step: 'edf', line: 'no' });
    expect(nextStep(failed)).toBe('edf');
  });

  it('marks what builds on a step that is done anew, and nothing else', () => {
    const pipeline = done(done(newPipeline(), ...ALL), 'normalise');
    expect(ALL.filter((step) => pipeline[step].state === 'outdated')).toEqual([
      'targets',
      'compare',
    ]);
    expect(pipeline.targets.documents).toEqual({ result: 'targets-1' });
    expect(nextStep(pipeline)).toBe('targets');
  });

  it('says why a step failed and lets the others be', () => {
    const pipeline = advance(done(newPipeline(), 'align'), {
      kind: 'failed',
      step: 'edf',
      line: 'no',
    });
    expect(pipeline.edf).toMatchObject({ state: 'failed', line: 'no' });
    expect(pipeline.align.state).toBe('done');
  });

  it('waits again after cancelling, unless an earlier result is still there', () => {
    const started = advance(newPipeline(), { kind: 'started', step: 'align' });
    expect(started.align.state).toBe('running');
    expect(advance(started, { kind: 'cancelled', step: 'align' }).align.state).toBe('waiting');
    const again = advance(done(newPipeline(), 'align'), { kind: 'started', step: 'align' });
    expect(advance(again, { kind: 'cancelled', step: 'align' }).align.state).toBe('outdated');
  });

  it('forgets a step whose result was closed', () => {
    const pipeline = withoutDocuments(done(newPipeline(), 'align', 'edf'), (id) => id === 'edf-1');
    expect([pipeline.align.state, pipeline.edf.state]).toEqual(['waiting', 'done']);
  });
});
