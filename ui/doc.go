// Package ui holds the styles and scripts of the pages, embedded. What is in dist is bundled from styles and src by
// `make ui` (go generate, with esbuild as a tool of the module); a test holds it equal to them, so the program builds
// without Node.
//
// The words:
//
//	token     a colour, a size or a weight, named once in styles/tokens.css for light and for dark
//	figure    a number that opens: a link to the drawer of its explanation, dotted below
//	drawer    the explanation of a figure, shown by its address alone (:target), so it opens without script
//	cells     a table whose rows turn into named cells where it finds too little room
//	live      the dot of a page that follows the readings; a page of the past stands still
//
// styles: tokens.css are the tokens, elements the elements of all pages (base, topbar, sentence, cards, tables,
// daterows for rows on one axis of dates, drawer, notices, and narrow for all of them where there is little room),
// charts.css the classes of drawings, chartkinds.css those of single kinds, pages.css, sprint.css, roadmap.css,
// portfolio.css and oncall.css what single pages add, cardgrid.css how cards share two columns, print.css paper;
// jerem.css puts them together, and chart.css is what a drawing takes along when it stands alone as a file.
// src: each script does one thing that a page can do without: live.ts asks for the page again after a reading,
// explain.ts gives the focus back when a drawer is closed, menus.ts closes menus, print.ts unfolds what is printed,
// whatif.ts tells and asks what the sliders of the roadmap say, theme.ts keeps the choice of light or dark.
//
// An example: {{asset "jerem.css"}} in the frame of the pages calls [Address], which answers
// /assets/jerem.1a2b3c4d.css, a name that changes with the content. The server gives it out of [Asset] to be kept for a
// year; a new release has another name, so no viewer ever mixes styles of two releases.
//
// test holds the tests in a real browser (`make browser`): that texts lie on nothing, that nothing scrolls sideways
// from 390 to 1920 pixels, that each value has its name on a phone, that all is reached by keyboard and has contrast in
// light and in dark, and that paper gets whole cards. companies.test.mjs holds every kind of page of the demo and of
// recorded Jira data to the promises of faults.mjs at every width; with JEREM_LABELS=all every sprint.
package ui
