// Package testrun runs the tests of a package that reads a played Jira, fills stores or serves pages, as quickly as
// they can be run: garbage is collected seldom, folders of tests stand in memory, and more parallel tests run than
// there are processors, for most of them wait. It changes nothing that a test can see, and nothing but tests imports
// it.
//
// An example. A package whose tests are slow has a file main_test.go of one function:
//
//	func TestMain(m *testing.M) { os.Exit(testrun.Run(m)) }
//
// With it the tests of web took 12 s of processor time instead of 16.
//
// A test that takes long begins with SkipInShort, so that -short is quick and the race detector has it all the same.
//
// A server that a test starts and that cannot be asked which port it took listens on one of FreePort, which nothing
// beside takes before it does.
package testrun
