package journal

import (
	"time"

	"samenspel"
)

// The end of an alliance, and what came along from elsewhere.
func init() {
	at := time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	samples = append(samples,
		&samenspel.AllianceEnded{By: "noor", At: at, Words: samenspel.Say("Thank you all.")},
		&samenspel.AllianceReopened{},
		&samenspel.StoryBrought{About: "amira", Origin: "lusab-babad-gutih-tugad-mofik", Made: at},
		&samenspel.ThemeBrought{Theme: "theme", About: "amira", Mine: true, Name: samenspel.Say("rent")},
		&samenspel.StatementBrought{
			Statement: "statement", About: "amira", How: samenspel.Guess, Layer: samenspel.Need, Theme: "theme", Said: at,
			Standing: samenspel.Reworded, Origin: "lusab-babad-gutih-tugad-mofik", SeenBy: []samenspel.PartnerID{"noor"},
			Words: samenspel.Say("I hide nothing."), First: samenspel.Say("She hides the post."), Speaker: samenspel.Say("Joost"),
		},
		&samenspel.EmotionBrought{
			Emotion: "emotion", Statement: "statement", About: "amira", At: at, Feeling: samenspel.Met, Word: samenspel.Say("hope"),
		},
	)
}
