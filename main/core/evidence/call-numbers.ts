/** Numbers calls by the numbers of what they have in common. */
export interface CallNumbers {
  /** The number of the call with that key, and whether it is new. The key is not kept. */
  readonly numberOf: (key: Int32Array) => number;
  readonly size: () => number;
}

const SMALLEST = 1 << 10;

/** Numbers keys of `width` whole numbers: 1 upwards, in the order in which they are first met. */
export function callNumbers(width: number): CallNumbers {
  let size = 0;
  let keys = new Int32Array(SMALLEST * width);
  /** Open addressing: the number of a call, 0 for free. At most half of it is used. */
  let slots = new Uint32Array(SMALLEST * 2);

  function isAt(number: number, key: Int32Array): boolean {
    const from = (number - 1) * width;
    for (let index = 0; index < width; index += 1) if (keys[from + index] !== key[index]) return false;
    return true;
  }

  function grow(): void {
    const larger = new Int32Array(keys.length * 2);
    larger.set(keys);
    keys = larger;
    slots = new Uint32Array(slots.length * 2);
    for (let number = 1; number <= size; number += 1) {
      const mask = slots.length - 1;
      let slot = hashOf(keys.subarray((number - 1) * width, number * width)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
  }

  return {
    numberOf(key) {
      if ((size + 1) * width > keys.length) grow();
      const mask = slots.length - 1;
      let slot = hashOf(key) & mask;
      for (let number = slots[slot] ?? 0; number !== 0; number = slots[slot] ?? 0) {
        if (isAt(number, key)) return number;
        slot = (slot + 1) & mask;
      }
      keys.set(key, size * width);
      size += 1;
      slots[slot] = size;
      return size;
    },
    size: () => size,
  };
}

function hashOf(key: Int32Array): number {
  let hash = 0;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ (key[index] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
