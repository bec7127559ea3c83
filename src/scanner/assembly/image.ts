/** The image of the scanner program in force: where its sections are. */
import { SECTION_WORDS } from '../../parsers/program/sections';

/** Address of the image; offsets in it are relative to it. Set once, when the kernel is set up. */
export class Image {
  static at: usize = 0;
}

/** Address of a section. */
export function section(index: usize): usize {
  return Image.at + load<u32>(Image.at + 4 * index);
}

/** Address of what a word of the image names by its offset. */
// @ts-ignore: decorator
@inline
export function pointed(word: usize): usize {
  return Image.at + load<u32>(word);
}

/** Address of the list of a table of words. */
export function wordList(table: usize): usize {
  return section(<usize>SECTION_WORDS + table);
}
