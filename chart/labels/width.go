package labels

// The pages use the system's own fonts, and a drawing is made before anybody knows which. So texts are measured by
// the widest of the fonts in use: DejaVu Sans, which Linux shows as system-ui; Segoe UI, San Francisco, Roboto and
// Arial are 5 to 20 % narrower. The numbers are advance widths in thousandths of the size, as Chromium tells them.

// fontSize is the size of every text in a drawing, in pixels: the token --t-0.
const fontSize = 11

// safety widens every text a little: fonts round their advances to whole pixels.
const safety = 1.03

// plainWidths are the advance widths of the characters from space to tilde, at weight 400.
var plainWidths = [95]int{318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
	636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
	1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684,
	989, 685, 611, 685,
	390, 337, 390, 838, 500, 500,
	613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818,
	592,
	592, 525,
	636, 337, 636, 838}

// strongWidths are the same at the weight of labels, 560, which a font without it shows as bold.
var strongWidths = [95]int{348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365,
	696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580,
	1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774,
	1103, 771, 724, 725,
	457, 365, 457, 838, 500, 500,
	675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924,
	645, 652, 582,
	712, 365, 712, 838}

// TextWidth returns how many pixels wide a text of a drawing is at most; strong texts are those of the class lab.
func TextWidth(text string, strong bool) float64 {
	table := &plainWidths
	if strong {
		table = &strongWidths
	}
	sum := 0
	for _, r := range text {
		switch {
		case r >= ' ' && r <= '~':
			sum += table[r-' ']
		case r == '\u202f': // the narrow space between a figure and its unit
			sum += 200
		case r < 0x250: // Latin letters with accents are at most as wide as the widest without
			sum += 900
		default:
			sum += 1050
		}
	}
	return float64(sum) / 1000 * fontSize * safety
}
