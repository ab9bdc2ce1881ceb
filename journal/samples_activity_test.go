package journal

import "samenspel"

func init() {
	samples = append(samples,
		&samenspel.ActivityTurned{
			Dialogue: "dialogue", Activity: samenspel.Attune, By: "samira", To: samenspel.Skipped, Reason: samenspel.Say("Amira is tired."),
		},
		&samenspel.ActivityMoved{Dialogue: "dialogue", Activity: samenspel.Together, Spot: samenspel.Spot{Moved: true, X: 10, Y: 90}},
		&samenspel.WindSet{Dialogue: "dialogue", Wind: samenspel.Wind{People: 1, Complexity: 2, Emotion: 1}},
	)
}
