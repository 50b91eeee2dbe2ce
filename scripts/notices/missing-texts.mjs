/** Texts of packages whose tarballs leave them out, as they stand in their repositories. By the name's beginning. */
import { readFileSync } from 'node:fs';

const WITHOUT_CONDITION = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so`;
const CONDITION = `, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.`;
const DISCLAIMER = `THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const mit = (holder) => `Copyright (c) ${holder}\n\n${WITHOUT_CONDITION}${CONDITION}\n\n${DISCLAIMER}`;
const mit0 = (holder) => `Copyright ${holder}\n\n${WITHOUT_CONDITION}.\n\n${DISCLAIMER}`;

const TEXTS = {
  'MIT-0 @aws-lambda-powertools/': () => mit0('2021 Amazon.com, Inc. or its affiliates. All Rights Reserved.'),
  // Of the same repository.
  'Apache-2.0 @aws-sdk/': () => readFileSync('node_modules/@aws-sdk/core/LICENSE', 'utf8').trim(),
  'MIT @cfworker/json-schema': () =>
    `${mit('2020 Jeremy Danyow')}\n\nOf punycode.js, in it:\n\n${mit('Mathias Bynens <https://mathiasbynens.be/>')}`,
  'MIT data-uri-to-buffer': () => mit('2014 Nathan Rajlich <nathan@tootallnate.net>'),
  'MIT standardwebhooks': () => mit('2023 Svix (https://www.svix.com)'),
};

export function missingText(name, licence) {
  return Object.entries(TEXTS).find(([beginning]) => `${licence} ${name}`.startsWith(beginning))?.[1]();
}
