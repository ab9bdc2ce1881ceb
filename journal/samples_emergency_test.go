package journal

import (
	"time"

	"samenspel"
)

// Emergency access.
func init() {
	samples = append(samples,
		&samenspel.EmergencyOpened{
			Emergency: "emergency", Person: "person", Reason: samenspel.EmergencyAway, Until: time.Date(2026, 11, 25, 9, 30, 0, 0, time.UTC),
			Name: samenspel.Say("Bram"), As: samenspel.Say("night team"), Words: samenspel.Say("She called."),
		},
		&samenspel.EmergencyClosed{Emergency: "emergency"},
	)
}
