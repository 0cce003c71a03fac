import assert from 'node:assert/strict';
import {
  fitWindow,
  moveEdge,
  panWindow,
  type TimeWindow,
  windowAround,
  zoomWindow,
} from '../../src/common/timeline/timeWindow';

const whole = 1000;
const of = (fromMs: number, toMs: number): TimeWindow => ({ fromMs, toMs });

describe('The window of time that is shown', () => {
  it('keeps the time under the pointer where it is', () => {
    const window = zoomWindow(of(200, 600), whole, 0.5, 300)!;
    assert.deepEqual(window, of(250, 450));
    assert.equal((300 - window.fromMs) / 200, (300 - 200) / 400);
  });

  it('is all of it, not a window, once nothing is left out', () => {
    assert.equal(zoomWindow(of(100, 900), whole, 2, 500), null);
    assert.equal(zoomWindow(null, whole, 2, 500), null);
    assert.equal(fitWindow(of(0, 1000), whole), null);
    assert.equal(fitWindow(of(0, Number.NaN), whole), null);
  });

  it('never leaves the trace, turns over or becomes nothing', () => {
    assert.deepEqual(panWindow(of(800, 900), whole, 500), of(900, 1000));
    assert.deepEqual(panWindow(of(100, 200), whole, -500), of(0, 100));
    assert.equal(panWindow(null, whole, 100), null);
    assert.deepEqual(fitWindow(of(300, 200), whole), of(200, 300));
    let window: TimeWindow | null = null;
    for (let zoom = 0; zoom < 100; zoom++) window = zoomWindow(window, whole, 0.5, 777);
    assert.ok(window && window.fromMs <= 777 && window.toMs >= 777);
    assert.ok(Math.abs(window.toMs - window.fromMs - 0.001) < 1e-9, 'one microsecond');
    assert.equal(fitWindow(of(0, 0.0001), 0.0005), null, 'a trace of less than that is shown whole');
  });

  it('has edges that stop at each other and at the ends', () => {
    assert.deepEqual(moveEdge(of(200, 600), whole, 'from', 400), of(400, 600));
    assert.deepEqual(moveEdge(of(200, 600), whole, 'to', 5000), of(200, 1000));
    const closed = moveEdge(of(200, 600), whole, 'from', 900)!;
    assert.ok(closed.fromMs < closed.toMs && closed.toMs === 600, JSON.stringify(closed));
    assert.deepEqual(moveEdge(null, whole, 'from', 250), of(250, 1000));
  });

  it('gives a step room, and a moment some time', () => {
    assert.deepEqual(windowAround(of(500, 600), whole, null), of(490, 610));
    assert.deepEqual(windowAround(of(500, 500), whole, null), of(495, 505));
    assert.deepEqual(windowAround(of(0, 100), whole, of(0, 500)), of(0, 120));
    assert.equal(windowAround(of(0, 1000), whole, null), null);
  });
});
