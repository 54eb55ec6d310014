
INSERT INTO team_sprint SELECT t.name, b.sprint FROM team t JOIN board_sprint b ON b.board = t.board
	WHERE EXISTS (SELECT 1 FROM sprint s WHERE s.id = b.sprint AND s.origin = t.board)
	OR NOT EXISTS (SELECT 1 FROM sprint s JOIN board_sprint o ON o.sprint = s.id AND o.board = t.board WHERE s.origin = t.board);
