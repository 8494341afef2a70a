"""A corpus against the texts of its sources: does each statement stand there, and is each number and year taken up?"""
