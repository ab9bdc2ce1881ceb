package journal

import (
	"time"

	"samenspel"
)

// How long an alliance is kept, and how its end is decided.
func init() {
	at := time.Date(2026, 11, 26, 9, 30, 0, 0, time.UTC)
	samples = append(samples,
		&samenspel.RetentionSet{By: "noor", Regime: "wmo", Adult: at, At: at, Because: samenspel.Say("Help under the law.")},
		&samenspel.HoldPut{By: "noor", Why: samenspel.HoldComplaint, At: at},
		&samenspel.HoldLifted{By: "noor", Why: samenspel.HoldComplaint},
		&samenspel.DestructionProposed{By: "noor"},
		&samenspel.DestructionWithdrawn{},
		&samenspel.DestructionConfirmed{By: "noor", After: at},
	)
}
