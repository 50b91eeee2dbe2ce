import fc from 'fast-check';

/** A name that everything takes: AWS, Google and the configuration itself. */
export const word = fc.stringMatching(/^[a-z][a-z0-9]{6,9}$/);

export const words = (count: number) => fc.uniqueArray(word, { minLength: count, maxLength: count });
