// Package labels finds out where the texts of a drawing may stand.
//
// A drawing stretches with its page while its texts keep their size, so whether two of them meet depends on the width.
// Labels are therefore placed for each [Screen] apart (a phone, a tablet, a desk and paper), so that they are clear at
// every width that the screen may have; a class of the style hides those of the other screens, and what stands at the
// same place on all is written once ([Layers]). How long a text is, is measured by the widest of the fonts that show it
// (TextWidth).
//
// The words:
//
//	spot      a place for a text: a percentage of the width, moved by pixels, and a baseline
//	label     a text with its spots, the best first
//	scene     what a text must keep clear of on one screen: lines of data, bars and dots, texts that stand already
//	block     a rectangle of the scene: a bar, a dot
//
// An example: "7 remain" at the end of a line. Its spots are above and below the end, at the left and the right, each
// time 6 pixels further away ([Around]). [Scene.Place] takes the first one whose rectangle, grown by 3 pixels, is
// neither met by a text or a block nor crossed by a line at any of nine widths between 228 and 430 pixels; without one
// the label is left out and Place says so. Labels are placed in the order of what counts most.
package labels
