/** Of what a model has said so far, where its host has not counted it: about four letters a token, as vendors put it. */
export const tokensIn = (letters: number): number => Math.ceil(letters / 4);
