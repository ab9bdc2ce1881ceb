package journal

import (
	"time"

	"samenspel"
)

// Of a dialogue that is read. The people are invented.
func init() {
	until := time.Date(2026, 12, 24, 23, 0, 0, 0, time.UTC)
	samples = append(samples,
		&samenspel.TranscriptAsked{Transcript: "transcript", Dialogue: "dialogue", By: "noor", Until: until},
		&samenspel.TranscriptAnswered{Transcript: "transcript", By: "amira", Answer: samenspel.TranscriptYes, Until: until},
		&samenspel.TranscriptGone{Transcript: "transcript", Why: samenspel.DateCame},
		&samenspel.TranscriptLaid{
			Transcript: "transcript", By: "noor", With: []samenspel.PartnerID{"noor", "amira"}, Engine: "lens 1",
			Speakers: samenspel.Say(`[{"label":"SPK 0","partner":"noor"},{"label":"SPK 1","role":"bonus"}]`),
		},
		&samenspel.LinesLaid{
			Transcript: "transcript", From: 12,
			Lines: samenspel.Say(`[{"turn":3,"speaker":1,"start":1500,"text":"It was <quiet>.","codes":{"layer":"need"},"sure":{"layer":0.83},"by":"lens"}]`),
		},
		&samenspel.LineCorrected{Transcript: "transcript", Line: 12, By: "amira", Field: "layer", Code: samenspel.Say("meaning")},
		&samenspel.LineStruck{Transcript: "transcript", Line: 12, Back: true},
		&samenspel.SpeakerNamed{Transcript: "transcript", Speaker: 1, Partner: "amira", Role: samenspel.BonusPartner, Right: "noor"},
		&samenspel.SpeakersConfirmed{Transcript: "transcript", By: "noor"},
	)
}
