"""Line icons, drawn in a 24 by 24 box with round ends. They only accompany words and are hidden from readers."""

PATHS = {
    "add": "M12 5v14M5 12h14",
    "alert": "M12 4 2.8 20h18.4zM12 10v4.5M12 17.3v.2",
    "back": "M19 12H5m6-6-6 6 6 6",
    "ban": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M6 6l12 12",
    "check": "m4.5 12.5 5 5 10-11",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2",
    "copy": "M9 9h11v11H9zM15 9V4H4v11h5",
    "cross": "m6 6 12 12M18 6 6 18",
    "document": "M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 15.5h6",
    "download": "M12 4v11m-5-4.5 5 5 5-5M5 20h14",
    "folder": "M3.5 6h6l2 2.5h9V19h-17z",
    "idea": "M9.5 18h5M10 21h4M8.5 14.5a6 6 0 1 1 7 0V18h-7z",
    "key": "M2.5 6h19v12h-19zM6 10h.1M10 10h.1M14 10h.1M18 10h.1M7 14h10",
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10",
    "next": "M5 12h14m-6-6 6 6-6 6",
    "question": "M9 9.5a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 1.9v.3M12 17.8v.2",
    "retry": "M4.5 12a7.5 7.5 0 0 1 13-5.1L20 9.5M20 4.5v5h-5M19.5 12a7.5 7.5 0 0 1-13 5.1L4 14.5M4 19.5v-5h5",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 20 20",
    "upload": "M12 20V8m-5 4.5 5-5 5 5M5 4h14",
    "work": "M12 3.5v4M12 16.5v4M3.5 12h4M16.5 12h4M6 6l2.8 2.8M15.2 15.2 18 18M6 18l2.8-2.8M15.2 8.8 18 6",
}
