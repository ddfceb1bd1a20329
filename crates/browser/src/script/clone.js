// Structured clones as text: whatever a database can hold and JSON cannot say is a list that begins with its type.

// The form is read by the same version of this file only, since a storage state lives no longer than a session.
F.typeOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

F.NotCopied = class extends Error {};

// What follows the type. The order in which values are met is the same when they are made again.
F.writers = {
  Object: (value, encode) => [Object.entries(value).map(([key, held]) => [key, encode(held)])],
  Array: (value, encode) => {
    const keys = Object.keys(value);
    const dense = keys.length === value.length && keys.every((key, index) => key === String(index));
    if (dense) return [value.map(encode)];
    return [Object.entries(value).map(([key, held]) => [key, encode(held)]), value.length];
  },
  Map: (value, encode) => [[...value].map(([key, held]) => [encode(key), encode(held)])],
  Set: (value, encode) => [[...value].map(encode)],
  Date: (value) => [Number.isNaN(value.getTime()) ? null : value.getTime()],
  RegExp: (value) => [value.source, value.flags],
  Boolean: (value) => [value.valueOf()],
  String: (value) => [value.valueOf()],
  Number: (value, encode) => [encode(value.valueOf())],
  BigInt: (value) => [String(value)],
  Error: (value, encode) => {
    const cause = Object.hasOwn(value, 'cause') ? [encode(value.cause)] : [];
    return [value.name, value.message, value.stack ?? null, ...cause];
  },
  ArrayBuffer: (value) => {
    if (value.resizable) throw new F.NotCopied('a resizable ArrayBuffer');
    return [new Uint8Array(value).toBase64()];
  },
  DataView: (value, encode) => [encode(value.buffer), value.byteOffset, value.byteLength],
  Blob: (value, _encode, blob) => [blob(value), value.type],
  File: (value, _encode, blob) => [blob(value), value.type, value.name, value.lastModified],
};

// Each is kept before what it holds is made, since that may speak of it.
F.readers = {
  Object: ([entries], decode, keep) => F.filled(keep({}), entries, decode),
  Array: ([held, length], decode, keep) => {
    const list = keep([]);
    if (length === undefined) {
      for (const one of held) list.push(decode(one));
      return list;
    }
    list.length = length;
    return F.filled(list, held, decode);
  },
  Map: ([entries], decode, keep) => {
    const map = keep(new Map());
    for (const [key, held] of entries) map.set(decode(key), decode(held));
    return map;
  },
  Set: ([values], decode, keep) => {
    const set = keep(new Set());
    for (const value of values) set.add(decode(value));
    return set;
  },
  Date: ([time], _decode, keep) => keep(new Date(time ?? NaN)),
  RegExp: ([source, flags], _decode, keep) => keep(new RegExp(source, flags)),
  Boolean: ([value], _decode, keep) => keep(Object(value)),
  String: ([value], _decode, keep) => keep(Object(value)),
  Number: ([value], decode, keep) => keep(Object(decode(value))),
  BigInt: ([value], _decode, keep) => keep(Object(BigInt(value))),
  Error: ([name, message, stack, ...cause], decode, keep) => {
    const error = keep(new (F.errors[name] ?? Error)(message));
    if (stack !== null) F.hold(error, 'stack', stack);
    if (cause.length > 0) F.hold(error, 'cause', decode(cause[0]));
    return error;
  },
  ArrayBuffer: ([bytes], _decode, keep) => keep(Uint8Array.fromBase64(bytes).buffer),
  DataView: ([buffer, offset, length], decode, keep) => keep(new DataView(decode(buffer), offset, length)),
  Blob: ([bytes, type], _decode, keep) => keep(new Blob([Uint8Array.fromBase64(bytes)], { type })),
  File: ([bytes, type, name, lastModified], _decode, keep) =>
    keep(new File([Uint8Array.fromBase64(bytes)], name, { type, lastModified })),
};

F.errors = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

for (const List of [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
  BigInt64Array, BigUint64Array, globalThis.Float16Array,
].filter(Boolean)) {
  F.writers[List.name] = (value, encode) => [encode(value.buffer), value.byteOffset, value.length];
  F.readers[List.name] = ([buffer, offset, length], decode, keep) => keep(new List(decode(buffer), offset, length));
}

// Not by assignment: `__proto__` can be the name of a value like any other.
F.hold = (object, key, value) =>
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });

F.filled = (object, entries, decode) => {
  for (const [key, held] of entries) F.hold(object, key, decode(held));
  return object;
};

// `blob` takes the content of a Blob, which cannot be read at once, and says what stands for it.
F.encode = (whole, blob) => {
  const met = new Map();
  const encode = (value) => {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') {
      if (Object.is(value, -0)) return ['number', '-0'];
      return Number.isFinite(value) ? value : ['number', String(value)];
    }
    if (value === undefined) return ['undefined'];
    if (typeof value === 'bigint') return ['bigint', String(value)];
    if (met.has(value)) return ['same', met.get(value)];
    met.set(value, met.size);
    const type = F.typeOf(value);
    if (!Object.hasOwn(F.writers, type)) throw new F.NotCopied(`a ${type}`);
    return [type, ...F.writers[type](value, encode, blob)];
  };
  return encode(whole);
};

F.decode = (whole, blobs) => {
  const made = [];
  const decode = (coded) => {
    if (!Array.isArray(coded)) return coded;
    const [type, ...parts] = coded;
    if (type === 'number') return Number(parts[0]);
    if (type === 'undefined') return undefined;
    if (type === 'bigint') return BigInt(parts[0]);
    if (type === 'same') return made[parts[0]];
    const at = made.push(undefined) - 1;
    if (type === 'Blob' || type === 'File') parts[0] = blobs[parts[0]];
    return F.readers[type](parts, decode, (value) => (made[at] = value));
  };
  return decode(whole);
};
