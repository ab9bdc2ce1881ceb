package journal

import (
	"time"

	"samenspel"
)

// Of words that go, and of what is on ice. The people are invented.
func init() {
	samples = append(samples,
		&samenspel.ErasureAsked{Erasure: "erasure", About: "amira", Statement: "statement", Wrote: "joost", Words: samenspel.Say("it was not so")},
		&samenspel.ErasureDropped{Erasure: "erasure"},
		&samenspel.ErasureAnswered{Erasure: "erasure", About: "amira", Yes: true, Ground: samenspel.GroundDuty, Words: samenspel.Say("the law keeps it")},
		&samenspel.StatementErased{Statement: "statement", About: "amira", Erasure: "erasure"},
		&samenspel.PersonErased{Partner: "amira", Erasure: "erasure"},
		&samenspel.StatementFrozen{Statement: "statement", By: "noor", At: time.Date(2026, 11, 26, 9, 30, 0, 0, time.UTC)},
		&samenspel.StatementUnfrozen{Statement: "statement"},
	)
}
