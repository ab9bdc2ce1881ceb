package journal

import (
	"time"

	"samenspel"
)

// Consent in its separate kinds, and the scratch pad.
func init() {
	at := time.Date(2026, 11, 26, 9, 30, 0, 0, time.UTC)
	samples = append(samples,
		&samenspel.BasisSet{By: "noor", Ground: samenspel.BasisTask, At: at, Purpose: samenspel.Say("Help with money.")},
		&samenspel.GroundTold{Partner: "joost", Ground: samenspel.InviteSpoken},
		&samenspel.ReleaseGiven{Release: "release", By: "amira", Until: at, At: at, To: samenspel.Say("my doctor"), What: samenspel.Say("how I sleep")},
		&samenspel.ReleaseWithdrawn{Release: "release"},
		&samenspel.CareAgreed{Care: "care", By: "amira", Until: at, At: at, What: samenspel.Say("a talk each week")},
		&samenspel.CareWithdrawn{Care: "care"},
		&samenspel.ScratchWritten{Scratch: "scratch", By: "amira", Words: samenspel.Say("call them?")},
		&samenspel.ScratchGone{Scratch: "scratch", Why: samenspel.ScratchTime},
	)
}
