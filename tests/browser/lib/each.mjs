import { availableParallelism } from "node:os";

// Looks at all items, as many at a time as there are processors.
export async function each(items, look) {
  const queue = [...items];
  const next = async () => {
    while (queue.length > 0) await look(queue.shift());
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
}
