package journal

import (
	"time"

	"samenspel"
)

// The samples of what people do around a dialogue. The people are invented.
func init() {
	samples = append(samples,
		&samenspel.DialoguePlanned{
			Dialogue: "dialogue", By: "noor", With: []samenspel.PartnerID{"noor", "amira"},
			At: time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC), DayOnly: true, Minutes: 60,
			Where: samenspel.Say("At Amira’s, on the couch"), Support: samenspel.Say("An interpreter"),
		},
		&samenspel.DialogueCancelled{Dialogue: "dialogue"},
		&samenspel.DialogueRestored{Dialogue: "dialogue"},
		&samenspel.DialogueBegun{Dialogue: "dialogue"},
		&samenspel.DialogueEnded{Dialogue: "dialogue"},
		&samenspel.DialogueReset{
			Dialogue: "dialogue", Begun: time.Date(2026, 12, 3, 9, 2, 0, 0, time.UTC), Over: time.Date(2026, 12, 3, 10, 5, 0, 0, time.UTC),
		},
		&samenspel.TurnGiven{Dialogue: "dialogue", To: "amira"},
		&samenspel.WordsLaid{Dialogue: "dialogue", Statement: "statement"},
		&samenspel.WordsTakenBack{
			Dialogue: "dialogue", Laid: "0193593c-0000-7000-8000-000000000002", Back: true,
			Statement: "statement", By: "amira", At: time.Date(2026, 12, 3, 9, 10, 0, 5, time.UTC),
		},
		&samenspel.TopicPut{Topic: "topic", Dialogue: "dialogue", By: "amira", Alone: true, Words: samenspel.Say("The letter about the rent")},
		&samenspel.TopicShown{Topic: "topic", Alone: true},
		&samenspel.TopicSettled{Topic: "topic", Settled: true},
		&samenspel.TopicWithdrawn{Topic: "topic"},
		&samenspel.TopicRestored{Topic: "topic"},
		&samenspel.PresenceWished{
			Dialogue: "dialogue", By: "amira", Who: "leila", Wish: samenspel.RatherNot, SeenBy: []samenspel.PartnerID{"noor"},
		},
	)
}
