import { literal, maybeBlanks, type Piece, word } from '../format.js';

/** `web-1  | `, the name of a container in front of its line. Source: docker compose logs. */
export const CONTAINER: readonly Piece[] = [word(null, '|'), maybeBlanks, literal('| '), maybeBlanks];
