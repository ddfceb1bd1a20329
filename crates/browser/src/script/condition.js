// The first of several conditions.

F.waits = new Map();
F.cancel = (token) => F.waits.get(token)?.();

F.some = (target) => {
  const [first, ...rest] = target.map((locator) => F.all(locator).filter(F.visible));
  return first.filter((element) => rest.every((others) => others.includes(element)));
};

F.single = (target, fits, missing) => {
  const visible = F.some(target);
  const fitting = visible.filter(fits);
  if (fitting.length > 1) return { ambiguous: fitting.length };
  if (fitting.length === 1) return { holds: true, text: F.text(fitting[0]).slice(0, 4000) };
  return { holds: false, state: visible.length ? missing : 'no visible element' };
};

F.is = {
  known: (condition) => ({ holds: condition.holds, state: 'not yet' }),
  visible: ({ target }) => {
    const found = F.resolve(target, false);
    if (found.fail) return found.fail.kind === 'disagree' ? { disagree: true } : { ambiguous: found.fail.count };
    return found.element ? { holds: true, text: F.text(found.element).slice(0, 4000) } : { holds: false, state: found.state };
  },
  hidden: ({ target }) => ({ holds: !F.some(target).length, state: 'still visible' }),
  enabled: (condition) => {
    const found = F.is.visible(condition);
    if (!found.holds) return found;
    return F.enabled(F.resolve(condition.target, false).element) ? found : { holds: false, state: 'still disabled' };
  },
  text: ({ target, matches }) => F.single(target, (element) => F.matches(matches, F.text(element)), 'another text'),
  value: ({ target, matches }) => F.single(target, (element) => F.matches(matches, F.value(element)), 'another value'),
  any_text: ({ target }) => {
    const said = F.some(target).map(F.text).find(Boolean);
    return said ? { holds: true, text: said.slice(0, 4000) } : { holds: false, state: 'no message' };
  },
  all: ({ of }) => {
    const parts = of.map(F.holds);
    const problem = parts.find((part) => part.ambiguous || part.disagree);
    if (problem) return problem;
    if (parts.every((part) => part.holds)) return { holds: true, text: parts.find((part) => part.text)?.text };
    return { holds: false, state: parts.filter((part) => !part.holds).map((part) => part.state).join(' and ') };
  },
  any: ({ of }) => {
    const parts = of.map(F.holds);
    const first = parts.find((part) => part.holds || part.ambiguous || part.disagree);
    return first ?? { holds: false, state: parts.map((part) => part.state).join(', ') };
  },
};

F.holds = (condition) => F.is[condition.is](condition);

// `calm` keeps so many milliseconds between two looks.
F.firstOf = async (conditions, limit, token, calm) => {
  const end = performance.now() + limit;
  const { log, add } = F.logger();
  let cancelled = false, wake = () => {};
  F.waits.set(token, () => {
    cancelled = true;
    wake();
  });
  try {
    // What is known without a look decides at once.
    const known = conditions.findIndex((condition) => condition.is === 'known' && condition.holds);
    if (known < 0) await Promise.race([F.loaded(limit), new Promise((resolve) => (wake = resolve))]);
    for (;;) {
      if (cancelled) return { is: 'cancelled' };
      const states = [];
      for (const [index, condition] of conditions.entries()) {
        const now = F.holds(condition);
        if (now.ambiguous) return { is: 'ambiguous', index, count: now.ambiguous };
        if (now.disagree) return { is: 'disagree', index };
        if (now.holds) return { is: 'hit', index, text: now.text ?? null };
        states.push(now.state ?? 'not yet');
      }
      add(states.join('; '));
      const left = end - performance.now();
      if (left <= 0) return { is: 'timed_out', states, log };
      await Promise.race([F.change(left, false), new Promise((resolve) => (wake = resolve))]);
      if (calm && !cancelled) await F.pause(calm);
    }
  } catch (error) {
    if (error?.invalid) return { is: 'invalid', what: error.invalid };
    throw error;
  } finally {
    F.waits.delete(token);
  }
};
