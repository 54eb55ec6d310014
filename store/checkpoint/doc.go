// Package checkpoint keeps how far the store is current, so that a reading asks only for what is new.
//
// Its words: a [Checkpoint] holds up to when each project was walked through whole, up to when time logged was asked
// for, when issues were last counted and compared with Jira, and the issues that are to be asked for again (Retry). The
// translation is the version of the code by which timelines were derived from documents.
//
// An example: a reading begins with what is known, and ends by keeping what it reached:
//
//	known, err := s.Checkpoints.All(ctx)
//	// read all issues changed since known.Projects["10"] and those of known.Retry …
//	known.Projects["10"], known.Retry = clockOfJira, nil
//	err = s.Checkpoints.Set(ctx, known)
//
// A reading that is interrupted sets nothing, and the next one begins where the last complete one ended.
package checkpoint
